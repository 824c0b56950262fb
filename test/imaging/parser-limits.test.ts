// How many pieces a header may have, of each kind: that many are read, and one more is refused or noted.

import { describe, expect, it } from 'vitest';
import { PermanentFailure } from '../../shared/domain/errors.ts';
import type { ImageMetadata } from '../../shared/domain/metadata.ts';
import type { ByteSource } from '../../shared/imaging/contract.ts';
import { bufferSource } from '../../shared/imaging/inspect/byte-source.ts';
import { iptcMetadata } from '../../shared/imaging/metadata/iptc.ts';
import { readMetadata } from '../../shared/imaging/metadata/read-metadata.ts';
import { ascii, box, chunk, fullBox, repeated, segment, u8, u16, u32 } from './hostile/bytes.ts';
import { webpChunk, webpHead } from './hostile/container-kinds.ts';
import { heif, item } from './hostile/heif-kinds.ts';
import { jpegWith } from './hostile/jpeg-kinds.ts';
import { png } from './hostile/png-kinds.ts';
import { svg } from './hostile/svg-kinds.ts';
import { directory } from './hostile/tiff-kinds.ts';
import { packet, withXmp } from './hostile/xmp-kinds.ts';

const read = (file: Uint8Array | ByteSource): Promise<ImageMetadata | PermanentFailure> =>
  readMetadata(file instanceof Uint8Array ? bufferSource(file) : file).catch((error: unknown) => {
    if (error instanceof PermanentFailure) return error;
    throw error;
  });

/** What a limit leaves behind it: a refusal, or a note. */
function complaint(outcome: ImageMetadata | PermanentFailure): string | undefined {
  return outcome instanceof PermanentFailure ? outcome.message : outcome.notes?.join('; ');
}

const numbered = (count: number, piece: (index: number) => Buffer) =>
  Buffer.concat(Array.from({ length: count }, (_, index) => piece(index)));

const tiff = (directories: Buffer) => Buffer.concat([ascii('II*\0'), u32(8, true), directories]);
const picture = [
  [256, 3, 1, 64],
  [257, 3, 1, 48],
] as const;
const pages = (count: number) => {
  const bytes = directory(picture, 0).length;
  return tiff(
    numbered(count, (index) => directory(picture, index + 1 < count ? 8 + (index + 1) * bytes : 0)),
  );
};
const filler = (count: number) =>
  Array.from({ length: count }, (_, index) => [1000 + index, 3, 1, 0] as const);

const gif = (blocks: number) =>
  Buffer.concat([
    ascii('GIF89a'),
    u16(64, true),
    u16(48, true),
    Buffer.from([0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 0]),
    repeated(blocks - 1, Buffer.from([0x21, 0xfe, 0])),
    ascii(';'),
  ]);

const extents = (count: number) => {
  const entry = (id: number, pieces: number) => Buffer.concat([u16(id), u16(0), u16(pieces)]);
  return heif({ iloc: fullBox('iloc', 0, 0, u16(0), u16(2), entry(1, count - 1), entry(2, 1)) });
};
const items = (count: number) =>
  heif({ iloc: fullBox('iloc', 0, 0, u16(0), u16(count), repeated(count, Buffer.alloc(6))) });
const associations = (count: number) => {
  const entry = (id: number, pieces: number) => Buffer.concat([u16(id), u8(pieces), Buffer.alloc(pieces, 1)]);
  const full = numbered(128, (index) => entry(index + 1, 255));
  return heif({ ipma: fullBox('ipma', 0, 0, u32(129), full, entry(200, count - 128 * 255)) });
};
const references = (count: number) =>
  heif({ iref: fullBox('iref', 0, 0, box('auxl', u16(9), u16(count), Buffer.alloc(count * 2))) });

/** A limit, what is still within it, and how a file of that many is made. */
type Limit = readonly [name: string, most: number, file: (count: number) => Uint8Array | ByteSource];

const limits: readonly Limit[] = [
  ['items of a HEIF file', 4096, items],
  ['extents of a HEIF file', 8192, extents],
  ['item properties of a HEIF file', 32_768, associations],
  ['item references of a HEIF file', 32_768, references],
  ['boxes beside each other', 4096 - 4, (count) => heif({ more: [repeated(count, box('free'))] })],
  [
    'boxes before the item tables',
    15,
    (count) => {
      const file = heif({});
      const tables = file.indexOf('meta') - 4;
      return Buffer.concat([
        file.subarray(0, tables),
        repeated(count - 1, box('free', Buffer.alloc(8))),
        file.subarray(tables),
      ]);
    },
  ],
  ['entries of a directory', 512, (count) => tiff(directory([...picture, ...filler(count - 2)], 0))],
  ['chunks of a PNG', 200_000, (count) => png(repeated(count, chunk('IDAT', Buffer.alloc(0))))],
  ['chunks of a PNG that are read', 20_000, (count) => png(repeated(count, chunk('tRNS', Buffer.alloc(0))))],
  [
    'bytes of a PNG chunk',
    4 * 1024 * 1024,
    (count) => png(chunk('eXIf', tiff(Buffer.concat([directory([], 0), Buffer.alloc(count - 14)])))),
  ],
  [
    'steps to a JPEG scan',
    20_000,
    (count) => jpegWith(segment(0xe0, Buffer.alloc(0)), Buffer.alloc(count - 2)),
  ],
  ['blocks of a GIF', 60_000, gif],
  [
    'chunks of a WebP',
    100_000,
    (count) => Buffer.concat([webpHead, repeated(count - 1, webpChunk('XXXX', Buffer.alloc(0)))]),
  ],
  ['bytes of an SVG', 8 * 1024 * 1024, (count) => svg(' '.repeat(count - svg('').length))],
  ['elements of an SVG', 100_000, (count) => svg('<g/>'.repeat(count - 1))],
  ['levels of an SVG', 200, (count) => svg('<g>'.repeat(count - 1) + '</g>'.repeat(count - 1))],
  [
    'attributes of an SVG',
    400_000,
    (count) =>
      svg(`<g ${Array.from({ length: count - 4 }, (_, index) => `a${index.toString(36)}=""`).join(' ')}/>`),
  ],
  ['levels of XMP', 64, (count) => withXmp(packet('<dc:a>'.repeat(count - 3) + '</dc:a>'.repeat(count - 3)))],
  ['elements of XMP', 20_000, (count) => withXmp(packet('<dc:a/>'.repeat(count - 3)))],
  [
    'attributes of XMP',
    20_000,
    (count) => withXmp(packet('', Array.from({ length: count - 4 }, (_, index) => `a${index}=""`).join(' '))),
  ],
  ['bytes of XMP', 1024 * 1024, (count) => withXmp(packet('x'.repeat(count - packet('').length)))],
];

describe('a header at its limits', () => {
  it.each(limits)('may have as many %s as %i, and no more', async (_, most, file) => {
    expect(complaint(await read(file(most)))).toBeUndefined();
    expect(complaint(await read(file(most + 1)))).toMatch(
      /absurd|many|scattered|long|deep|without end|more than|still picture/,
    );
  });

  it('counts the pages of a TIFF, but not for ever', async () => {
    expect(await read(pages(9_999))).toMatchObject({ frames: 9_999 });
    expect(await read(pages(20_000))).toMatchObject({ frames: 10_001 });
  });

  it('takes as many color profile chunks of a JPEG as can be numbered', async () => {
    const chunks = (count: number) =>
      numbered(count, (index) =>
        segment(
          0xe2,
          Buffer.concat([ascii('ICC_PROFILE\0'), u8((index + 1) % 256), u8(255), Buffer.alloc(9)]),
        ),
      );
    expect(await read(jpegWith(chunks(255)))).not.toHaveProperty('notes');
    expect(await read(jpegWith(chunks(254)))).toMatchObject({ notes: ['the color profile is incomplete'] });
    expect(await read(jpegWith(chunks(2550)))).not.toHaveProperty('notes');
  });

  it('reads XMP past twenty errors, and no further', async () => {
    const sloppy = (errors: number) =>
      read(withXmp(packet(`${'&x;'.repeat(errors)}<dc:title>A title</dc:title>`)));
    expect(await sloppy(20)).toMatchObject({
      description: { title: 'A title' },
      notes: ['XMP is not well-formed'],
    });
    expect(await sloppy(21)).not.toHaveProperty('description');
  });

  it('keeps two thousand values of XMP', async () => {
    const packetOf = (before: number) =>
      packet(`${'<dc:format>x</dc:format>'.repeat(before)}<dc:title>A title</dc:title>`);
    expect(await read(withXmp(packetOf(1999)))).toMatchObject({ description: { title: 'A title' } });
    expect(await read(withXmp(packetOf(2000)))).not.toHaveProperty('description');
  });

  it('looks into eight metadata items of a HEIF file, in sixty-four pieces each', async () => {
    const exif = Buffer.concat([u32(0), tiff(directory([[271, 2, 4, 0x00434241]], 0))]);
    const file = (empty: number, pieces: number) => {
      const entry = (id: number, ...extents: Buffer[]) =>
        Buffer.concat([u16(id), u16(1), u16(0), u16(extents.length), ...extents]);
      const extent = (offset: number, length: number) => Buffer.concat([u32(offset), u32(length)]);
      const single = Array.from({ length: pieces - 1 }, (_, at) => extent(at, 1));
      const last = extent(pieces - 1, exif.length - pieces + 1);
      const ids = Array.from({ length: empty + 1 }, (_, index) => index + 2);
      const locations = ids.map((id) => (id === empty + 2 ? entry(id, ...single, last) : entry(id)));
      return heif({
        infe: [item(1, 'av01'), ...ids.map((id) => item(id, 'Exif'))],
        iloc: fullBox('iloc', 1, 0, u16(0x4400), u16(locations.length), ...locations),
        more: [box('idat', exif)],
      });
    };
    expect(exif.length).toBeGreaterThanOrEqual(30);
    expect(await read(file(7, 1))).toMatchObject({ camera: { make: 'ABC' } });
    expect(await read(file(8, 1))).not.toHaveProperty('camera');
    expect(await read(file(0, 26))).toMatchObject({ camera: { make: 'ABC' } });
  });

  it('searches sixteen Photoshop segments for IPTC', async () => {
    const photoshop = (body: Buffer) => segment(0xed, Buffer.concat([ascii('Photoshop 3.0\0'), body]));
    const title = Buffer.from([0x1c, 2, 5, 0, 1, 65]);
    const iptc = photoshop(Buffer.concat([ascii('8BIM'), u16(0x0404), u16(0), u32(title.length), title]));
    const others = (count: number) => repeated(count, photoshop(Buffer.alloc(0)));
    expect(await read(jpegWith(others(15), iptc))).toMatchObject({ description: { title: 'A' } });
    expect(await read(jpegWith(others(16), iptc))).not.toHaveProperty('description');
  });

  it('keeps two hundred IPTC values of a kind, of which a hundred are recorded', () => {
    const keyword = (text: string) =>
      Buffer.concat([Buffer.from([0x1c, 2, 25]), u16(text.length), ascii(text)]);
    const keywords = (same: number) =>
      iptcMetadata(Buffer.concat([repeated(same, keyword('same')), keyword('last')])).description?.keywords;
    expect(keywords(199)).toEqual(['same', 'last']);
    expect(keywords(200)).toEqual(['same']);
  });

  it('reads a length of 256 characters in an SVG, and takes a longer one for nonsense', async () => {
    const width = (length: number) => svg('', `width="${'7'.padStart(length, '0')}" height="9"`);
    expect(await read(width(256))).toMatchObject({ width: 7, height: 9 });
    expect(await read(width(257))).toMatchObject({ width: 300, height: 9 });
  });
});
