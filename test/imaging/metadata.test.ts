import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bufferSource } from '../../shared/imaging/inspect/byte-source.ts';
import { captureTime } from '../../shared/imaging/metadata/capture-time.ts';
import { iptcMetadata } from '../../shared/imaging/metadata/iptc.ts';
import { type ExifPlace, exifLocation, xmpLocation } from '../../shared/imaging/metadata/location.ts';
import { readMetadata } from '../../shared/imaging/metadata/read-metadata.ts';
import { cleanText, cleanTexts } from '../../shared/imaging/metadata/text.ts';
import { xmpMetadata } from '../../shared/imaging/metadata/xmp.ts';
import { withSegment } from './exif.ts';
import { landscape, quarters } from './samples.ts';

const read = (file: Uint8Array) => readMetadata(bufferSource(file));

describe('the time of capture', () => {
  it.each([
    ['2020:07:28 19:18:49', '+03:00', '777', '2020-07-28T19:18:49.777+03:00'],
    ['2020:07:28 19:18:49', undefined, undefined, '2020-07-28T19:18:49'],
    ['2017-07-07T17:07:07+01:00', undefined, undefined, '2017-07-07T17:07:07+01:00'],
    ['2017-07-07T17:07Z', undefined, undefined, '2017-07-07T17:07:00Z'],
    ['2020:02:29 23:59:59', '+99:00', ' 05 ', '2020-02-29T23:59:59.05'],
  ])('is %s %s %s as stated', (dateTime, offset, subSeconds, expected) => {
    expect(captureTime(dateTime, offset, subSeconds)).toBe(expected);
  });

  it.each([
    '2021:13:45 25:61:61',
    '0000:00:00 00:00:00',
    '    :  :     :  :  ',
    '2021:02:29 00:00:00',
    'yesterday',
    '',
  ])('is left out when it is %j', (dateTime) => {
    expect(captureTime(dateTime)).toBeUndefined();
  });
});

describe('the place of capture', () => {
  const place: ExifPlace = {
    latitude: [
      [22, 1],
      [57, 1],
      [69, 10],
    ],
    latitudeRef: 'S',
    longitude: [
      [43, 1],
      [12, 1],
      [378, 10],
    ],
    longitudeRef: 'W',
    altitude: 413.5,
    altitudeRef: 1,
    accuracyMeters: 5.2,
  };
  const locate = (changes: Partial<ExifPlace> = {}) => {
    const notes: string[] = [];
    return { location: exifLocation({ ...place, ...changes }, notes), notes };
  };

  it('has signs, height and accuracy', () => {
    expect(locate().location).toEqual({
      latitude: -22.9519167,
      longitude: -43.2105,
      altitude: -413.5,
      accuracyMeters: 5.2,
    });
  });

  it.each([
    [
      'out of range',
      {
        latitude: [
          [95, 1],
          [0, 1],
          [0, 1],
        ] as const,
      },
    ],
    ['without a hemisphere', { latitudeRef: undefined }],
    [
      'divided by zero',
      {
        longitude: [
          [0, 0],
          [7, 1],
          [39, 1],
        ] as const,
      },
    ],
    ['incomplete', { longitude: [] }],
  ])('is left out, with a note, when it is %s', (_, changes) => {
    const { location, notes } = locate(changes);
    expect(location).toBeUndefined();
    expect(notes).toHaveLength(1);
  });

  it('is read from XMP too', () => {
    expect(xmpLocation('40,26.767N', '79,58.93W', '1200/10', [])).toEqual({
      latitude: 40.4461167,
      longitude: -79.9821667,
      altitude: 120,
    });
    expect(xmpLocation('95,0N', '0,0E', undefined, [])).toBeUndefined();
  });
});

describe('text from a file', () => {
  it('loses what controls a terminal, turns the direction around, or never ends', () => {
    expect(cleanText('a\u001b[31mb\u202egnp.exe')).toBe('a [31mb gnp.exe');
    expect(cleanText('  spaced \n out ')).toBe('spaced out');
    expect(cleanText('before\0after')).toBe('before');
    expect(cleanText('x'.repeat(60_000))).toHaveLength(200);
    expect(cleanText('\0')).toBeUndefined();
    expect(cleanText('カメラ Ⅲ 📷')).toBe('カメラ Ⅲ 📷');
    expect(cleanTexts(['a', 'a', '', 'b'])).toEqual(['a', 'b']);
  });
});

describe('what people wrote about a picture', () => {
  const packet = (content: string) =>
    Buffer.from(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" ${content}</rdf:Description></rdf:RDF></x:xmpmeta>`,
    );

  it('is read from XMP, whatever its prefixes are', () => {
    const content =
      'xmp:Rating="4"><d:title><rdf:Alt><rdf:li xml:lang="x-default">A title</rdf:li></rdf:Alt></d:title><d:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>sky</rdf:li></rdf:Bag></d:subject><d:creator><rdf:Seq><rdf:li>Somebody</rdf:li></rdf:Seq></d:creator>';
    expect(xmpMetadata(packet(content), []).description).toEqual({
      title: 'A title',
      keywords: ['sea', 'sky'],
      creators: ['Somebody'],
      rating: 4,
    });
  });

  it('is kept as far as broken XMP goes, with a note', () => {
    const notes: string[] = [];
    const content = '><d:title>Before</d:title><d:creator><rdf:Seq><rdf:li>broken</rdf:Seq>';
    expect(xmpMetadata(packet(content), notes).description?.title).toBe('Before');
    expect(notes).toEqual(['XMP is not well-formed']);
  });

  it('is read from IPTC, in UTF-8 and in Latin-1', () => {
    const dataset = (record: number, number: number, body: Buffer) => {
      const head = Buffer.from([0x1c, record, number, 0, 0]);
      head.writeUInt16BE(body.length, 3);
      return Buffer.concat([head, body]);
    };
    const latin1 = iptcMetadata(dataset(2, 5, Buffer.from('Café', 'latin1')));
    const utf8 = Buffer.concat([
      dataset(1, 90, Buffer.from('\x1b%G')),
      dataset(2, 25, Buffer.from('mer')),
      dataset(2, 25, Buffer.from('été')),
    ]);
    expect(latin1.description?.title).toBe('Café');
    expect(iptcMetadata(utf8).description?.keywords).toEqual(['mer', 'été']);
    expect(iptcMetadata(Buffer.from([0x1c, 2, 5, 0xff, 0xff]))).toEqual({});
  });
});

describe('reading metadata by ranges', () => {
  const counted = (file: Buffer) => {
    const reads: number[] = [];
    const source = bufferSource(file);
    const readBytes = (offset: number, length: number) => {
      reads.push(length);
      return source.read(offset, length);
    };
    return { reads, source: { byteLength: file.length, read: readBytes } };
  };

  it('takes one read of a photo, whatever its length', async () => {
    const photo = Buffer.concat([
      await landscape(2000, 1500).jpeg({ quality: 95 }).toBuffer(),
      Buffer.alloc(5_000_000),
    ]);
    const { reads, source } = counted(photo);
    expect(await readMetadata(source)).toMatchObject({ width: 2000, height: 1500 });
    expect(reads).toHaveLength(1);
    expect(reads[0]).toBeLessThan(150_000);
  });

  it('follows a segment that runs past what it has', async () => {
    const comment = Buffer.alloc(60_000, 32);
    let jpeg: Buffer = await quarters().jpeg().toBuffer();
    for (let count = 0; count < 4; count += 1) jpeg = withSegment(jpeg, 0xef, comment);
    const { reads, source } = counted(Buffer.concat([jpeg, Buffer.alloc(3_000_000)]));
    expect(await readMetadata(source)).toMatchObject({ width: 96, height: 64 });
    expect(reads.reduce((sum, length) => sum + length, 0)).toBeLessThan(400_000);
  });

  it('finds EXIF behind the picture data of a PNG and of a WebP', async () => {
    for (const format of ['png', 'webp'] as const) {
      const file = await landscape(400, 300)
        .withExif({ IFD0: { Make: 'Acme' } })
        .toFormat(format)
        .toBuffer();
      expect((await read(file)).camera?.make).toBe('Acme');
    }
  });

  it('reads what the header says of every format', async () => {
    const picture = () => quarters().withMetadata({ density: 150 });
    expect(await read(await picture().png({ palette: true }).toBuffer())).toMatchObject({
      format: 'png',
      subformat: 'palette',
    });
    expect(await read(await picture().jpeg({ progressive: true }).toBuffer())).toMatchObject({
      subformat: 'progressive',
      densityPpi: 150,
    });
    expect(await read(await picture().tiff({ compression: 'lzw', bigtiff: true }).toBuffer())).toMatchObject({
      subformat: 'bigtiff, lzw',
    });
    expect(await read(await picture().avif({ effort: 0, bitdepth: 10 }).toBuffer())).toMatchObject({
      format: 'avif',
      bitDepth: 10,
    });
    expect(await read(await picture().withIccProfile('p3').webp().toBuffer())).toMatchObject({
      subformat: 'lossy',
      iccProfile: 'sP3C',
    });
  });

  it('costs a bounded time, whatever EXIF says', async () => {
    const exif = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .withExif({ IFD0: { ImageDescription: 'x'.repeat(50_000) } })
      .png()
      .toBuffer();
    const start = performance.now();
    expect((await read(exif)).description?.description).toHaveLength(2000);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
