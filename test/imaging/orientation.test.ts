import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createImagingEngine } from '../../shared/imaging/engine.ts';
import { bufferSource } from '../../shared/imaging/inspect/byte-source.ts';
import { readMetadata } from '../../shared/imaging/metadata/read-metadata.ts';
import { corpusNote, hasCorpus, readCorpus } from './corpus.ts';
import { exifWithOrientation } from './exif.ts';
import { differenceFromGolden } from './golden.ts';
import { colorAt, decoded, quarters, whole } from './samples.ts';

const engine = createImagingEngine();
afterAll(() => engine.close());

/** How a camera held that way stores the upright picture. */
const stored = {
  1: (upright: Sharp) => upright,
  2: (upright: Sharp) => upright.flop(),
  3: (upright: Sharp) => upright.rotate(180),
  4: (upright: Sharp) => upright.flip(),
  5: (upright: Sharp) => upright.flop().rotate(270),
  6: (upright: Sharp) => upright.rotate(270),
  7: (upright: Sharp) => upright.flop().rotate(90),
  8: (upright: Sharp) => upright.rotate(90),
} as const;

type Orientation = keyof typeof stored;

const formats = {
  jpeg: (picture: Sharp) => picture.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }),
  png: (picture: Sharp) => picture.png(),
  webp: (picture: Sharp) => picture.webp({ lossless: true }),
  tiff: (picture: Sharp) => picture.tiff({ compression: 'lzw' }),
} as const;

const cases = (Object.keys(formats) as (keyof typeof formats)[]).flatMap((format) =>
  ([1, 2, 3, 4, 5, 6, 7, 8] as Orientation[]).map((orientation) => [format, orientation] as const),
);

async function photo(format: keyof typeof formats, orientation: Orientation): Promise<Buffer> {
  const turned = await stored[orientation](sharp(await quarters().png().toBuffer()))
    .png()
    .toBuffer();
  return formats[format](sharp(turned).withMetadata({ orientation })).toBuffer();
}

/** Mean colors of the six fields of a 3 x 2 grid over a picture that a person has looked at: turned or flipped, they differ. */
const forest = [146, 163, 136, 151, 164, 139, 155, 168, 133, 83, 89, 50, 118, 115, 69, 130, 127, 60];
const boathouse = [89, 54, 19, 108, 69, 21, 104, 63, 17, 68, 44, 18, 97, 67, 25, 94, 64, 20];

/** The largest distance of any sample of the six mean colors. */
async function farthestOfSixths(body: Uint8Array | undefined, expected: readonly number[]): Promise<number> {
  const grid = sharp(body).removeAlpha().resize(3, 2, { fit: 'fill', kernel: 'linear' });
  const means = await grid.raw().toBuffer();
  return Math.max(...expected.map((value, at) => Math.abs(value - (means[at] ?? 0))));
}

describe('orientation', () => {
  it.each(cases)('develops %s of orientation %i upright', async (format, orientation) => {
    const original = await photo(format, orientation);
    const { renditions } = await engine.render(original, whole(48));
    expect(await differenceFromGolden('upright', renditions[0]?.body)).toBeLessThan(3);
    expect(await readMetadata(bufferSource(original))).toMatchObject({ orientation, width: 96, height: 64 });
  });

  it.each([0, 9, 65535])('takes orientation %i, which does not exist, for upright', async (orientation) => {
    const jpeg = await formats.jpeg(quarters()).toBuffer();
    const original = exifWithOrientation(jpeg, orientation);
    const { renditions } = await engine.render(original, whole(48));
    expect(await differenceFromGolden('upright', renditions[0]?.body)).toBeLessThan(3);
  });

  it('crops what is displayed, not what is stored', async () => {
    const original = await photo('jpeg', 6);
    const { renditions } = await engine.render(original, [
      { name: 'strip', width: 96, height: 16, fit: 'cover', formats: ['png'] },
    ]);
    const strip = await decoded(renditions[0]?.body ?? Buffer.alloc(0));
    expect([strip.width, strip.height]).toEqual([96, 16]);
    const [red = 0, , blue = 0] = colorAt(strip, 0.25, 0.1);
    expect(red).toBeGreaterThan(180);
    expect(blue).toBeLessThan(80);
  });

  it.skipIf(!hasCorpus)(`turns AVIF as its own transformations say${corpusNote}`, async () => {
    const { renditions } = await engine.render(readCorpus('orientation/avif-irot270.avif'), whole(120));
    expect(renditions[0]).toMatchObject({ width: 120, height: 80 });
    expect(await farthestOfSixths(renditions[0]?.body, forest)).toBeLessThan(4);
  });

  it.skipIf(!hasCorpus)(`develops HEIC upright and in color${corpusNote}`, async () => {
    const { renditions } = await engine.render(readCorpus('formats/heic-single.heic'), whole(120));
    expect(await farthestOfSixths(renditions[0]?.body, boathouse)).toBeLessThan(4);
  });
});
