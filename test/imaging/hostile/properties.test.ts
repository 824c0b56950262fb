import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breaches } from '../../../scripts/fuzz/record-law.ts';
import { PermanentFailure } from '../../../shared/domain/errors.ts';
import { ascii, chunk, fullBox, segment, u8, u16, u32 } from './bytes.ts';
import { heif } from './heif-kinds.ts';
import { jpegWith } from './jpeg-kinds.ts';
import { measuredReading } from './measure.ts';
import { png } from './png-kinds.ts';
import { svg } from './svg-kinds.ts';
import { directory } from './tiff-kinds.ts';
import { packet, withXmp } from './xmp-kinds.ts';

const maxCpuMs = 1_000;

/** Numbers that lengths, counts and offsets lie with. */
const lie = fc.oneof(
  fc.constantFrom(0, 1, 8, 0xff, 0x100, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff),
  fc.nat(300),
);
const short = lie.map((value) => value % 0x10000);

const tag = fc.constantFrom(
  256,
  257,
  258,
  270,
  271,
  272,
  274,
  282,
  296,
  330,
  700,
  33432,
  33434,
  33437,
  33723,
  34665,
  34675,
  34853,
  34855,
  36867,
  36881,
  37521,
  1,
  2,
  3,
  4,
  5,
  6,
  31,
);
const entry = fc.tuple(tag, fc.nat(20), lie, lie);
const structure = fc
  .tuple(fc.array(entry, { maxLength: 40 }), lie, fc.uint8Array({ maxLength: 600 }))
  .map(([entries, next, rest]) =>
    Buffer.concat([ascii('II*\0'), u32(8, true), directory(entries, next), rest]),
  );

const xml = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<rdf:li>',
        '</rdf:li>',
        '<dc:title>',
        '</dc:title>',
        '<dc:subject>',
        '<rdf:Bag>',
        '</rdf:Bag>',
        '&amp;',
        '&x;',
        '&#0;',
        '<![CDATA[',
        ']]>',
        '<!--',
        '-->',
        '<?',
        '?>',
        'xmlns:dc="',
        '"',
        '<',
        '>',
        '/>',
      ),
      fc.string({ maxLength: 20 }),
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''));

const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
const locations = fc
  .tuple(fc.nat(2), short, lie, fc.array(bytes, { maxLength: 8 }))
  .map(([revision, widths, count, entries]) =>
    fullBox('iloc', revision, 0, u16(widths), revision < 2 ? u16(count % 0x10000) : u32(count), ...entries),
  );
const chunks = fc
  .array(
    fc.tuple(
      fc.constantFrom('tEXt', 'zTXt', 'iTXt', 'iCCP', 'eXIf', 'acTL', 'fcTL', 'cICP', 'pHYs', 'gAMA', 'tRNS'),
      fc.constantFrom(
        '',
        'XML:com.adobe.xmp\0',
        'Raw profile type exif\0',
        'Raw profile type iptc\0',
        'p\0\0',
      ),
      bytes,
    ),
    { maxLength: 30 },
  )
  .map((all) => all.map(([type, start, body]) => chunk(type, Buffer.concat([ascii(start), body]))));
const datasets = fc
  .array(fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(5, 25, 80, 90, 116, 120), short, bytes), {
    maxLength: 60,
  })
  .map((all) =>
    Buffer.concat(
      all.map(([record, number, length, body]) =>
        Buffer.concat([Buffer.from([0x1c, record, number]), u16(length), body]),
      ),
    ),
  );
const resources = fc
  .tuple(short, fc.nat(255), lie, datasets)
  .map(([id, nameLength, length, body]) =>
    Buffer.concat([
      ascii('8BIM'),
      u16(0x0404),
      u16(0),
      u32(body.length),
      body,
      ascii('8BIM'),
      u16(id),
      u8(nameLength),
      u32(length),
    ]),
  );

const files: Readonly<Record<string, fc.Arbitrary<Buffer>>> = {
  'a TIFF': structure,
  'EXIF in a JPEG': structure.map((block) =>
    jpegWith(segment(0xe1, Buffer.concat([ascii('Exif\0\0'), block]))),
  ),
  'EXIF in a PNG': structure.map((block) => png(chunk('eXIf', block))),
  XMP: xml.map((content) => withXmp(packet(content))),
  'XMP that is no packet': xml.map(withXmp),
  'an SVG': fc.tuple(xml, xml).map(([content, attributes]) => svg(content, attributes)),
  'the item locations of a HEIF file': locations.map((iloc) => heif({ iloc })),
  'the item properties of a HEIF file': fc
    .tuple(lie, bytes)
    .map(([count, body]) => heif({ ipma: fullBox('ipma', 0, 1, u32(count), body) })),
  'the chunks of a PNG': chunks.map((all) => png(...all)),
  'IPTC in a JPEG': resources.map((body) =>
    jpegWith(segment(0xed, Buffer.concat([ascii('Photoshop 3.0\0'), body]))),
  ),
  'a color profile': bytes.map((body) =>
    jpegWith(segment(0xe2, Buffer.concat([ascii('ICC_PROFILE\0'), u8(1), u8(1), Buffer.alloc(128), body]))),
  ),
};

describe('whatever is written in', () => {
  it.each(Object.entries(files))('%s, reading it settles', async (_, file) => {
    await fc.assert(
      fc.asyncProperty(file, async (contents) => {
        const { outcome, cpuMs } = await measuredReading(contents);
        if (!(outcome instanceof PermanentFailure)) expect(breaches(outcome)).toEqual([]);
        expect(cpuMs).toBeLessThan(maxCpuMs);
      }),
      { numRuns: 200 },
    );
  });
});
