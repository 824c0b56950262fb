import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createImagingEngine } from '../../shared/imaging/engine.ts';
import { mapColors } from '../../shared/imaging/render/color/mapping.ts';
import { mappingOfProfile } from '../../shared/imaging/render/color/matrix-profile.ts';
import { profiledTiff } from '../../shared/imaging/render/color/profiled-tiff.ts';
import { isSrgbProfile } from '../../shared/imaging/render/color/srgb-profile.ts';
import { decodeHeic } from '../../shared/imaging/render/heic.ts';
import { ciede2000, colorDifference } from './color-difference.ts';
import { corpusNote, hasCorpus, readCorpus } from './corpus.ts';
import { gridOfTwo } from './heic-grid.ts';
import { profiles } from './icc-profiles.ts';
import { colorAt, decoded, landscape, whole } from './samples.ts';
import { has, run, without } from './tools.ts';

const engine = createImagingEngine();
/** Large, so that colors are compared and not ways to resample. */
const side = 1024;
let folder: string;
let srgb: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darkroom-color-'));
  srgb = join(folder, 'srgb.icc');
  const { icc } = await sharp(await landscape(8, 8).withIccProfile('srgb').png().toBuffer()).metadata();
  await writeFile(srgb, icc ?? Buffer.alloc(0));
});

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

/** What ImageMagick, by littleCMS, makes of a file of the same pixels in sRGB, and how far ours is from it. */
async function differenceFromReference(name: string, original: Buffer, samePixels = original) {
  const { renditions } = await engine.render(original, whole(side));
  const [rendition] = renditions;
  if (rendition === undefined) throw new Error('no rendition');
  const path = join(folder, name);
  await writeFile(path, samePixels);
  const { width, height } = rendition;
  const reference = run('convert', [
    `${path}[0]`,
    '-auto-orient',
    '-profile',
    srgb,
    '-filter',
    'Lanczos',
    '-resize',
    `${width}x${height}!`,
    '-alpha',
    'off',
    '-colorspace',
    'sRGB',
    '-type',
    'TrueColor',
    '-depth',
    '8',
    'rgb:-',
  ]);
  const ours = await sharp(rendition.body).removeAlpha().toColorspace('srgb').raw().toBuffer();
  return colorDifference(ours, reference);
}

async function profiled(profile: Buffer, bitDepth: 8 | 16, isGray = false): Promise<Buffer> {
  const picture = isGray ? landscape(300, 200).grayscale().toColorspace('b-w') : landscape(300, 200);
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const samples = bitDepth === 8 ? data : Buffer.from(Uint16Array.from(data, (value) => value * 257).buffer);
  return profiledTiff({ ...info, data: samples, bitDepth, icc: profile, isCmyk: false });
}

describe.skipIf(!has('convert'))(`color against ImageMagick and littleCMS${without('convert')}`, () => {
  it.each([
    ['Adobe RGB', 8],
    ['Adobe RGB', 16],
    ['Display P3', 8],
    ['Display P3', 16],
    ['ProPhoto RGB', 8],
    ['ProPhoto RGB', 16],
    ['gray, gamma 1.8', 8],
  ] as const)('converts %s of %i bits', async (name, bitDepth) => {
    const original = await profiled(profiles[name], bitDepth, name.startsWith('gray'));
    const { mean, p99 } = await differenceFromReference('profiled.tif', original);
    expect(mean).toBeLessThan(2);
    expect(p99).toBeLessThan(6);
  });

  it
    .skipIf(!hasCorpus)
    .each([
      'photos/apple-iphone-xs-12mp-p3-gps-orient6.jpg',
      'formats/jpeg-adobe-rgb.jpg',
      'formats/jpeg-cmyk-icc.jpg',
      'formats/tiff-rgba-16bit.tif',
      'formats/tiff-tiled-ycbcr-jpeg.tif',
      'formats/png-display-p3.png',
      'formats/png-grey-16bit.png',
      'formats/png-rgb-16bit.png',
      'formats/jpeg-grey.jpg',
      'orientation/landscape-6.jpg',
      'metadata/exif-xmp-icc.png',
    ])(`converts %s${corpusNote}`, async (path) => {
    const { mean, p99 } = await differenceFromReference(path.replaceAll('/', '-'), readCorpus(path));
    expect(mean).toBeLessThan(2);
    expect(p99).toBeLessThan(6);
  });
});

describe.skipIf(!has('convert') || !hasCorpus)(
  `a HEIC grid whose profile hangs on its tiles${without('convert')}${corpusNote}`,
  () => {
    const tile = { width: 1440, height: 960 };

    it.each(['Display P3', 'Adobe RGB'] as const)('is converted from %s', async (name) => {
      const grid = gridOfTwo(readCorpus('formats/heic-single.heic'), tile, profiles[name]);
      const { data, width, height } = await decodeHeic(grid);
      const rgb = await sharp(data, { raw: { width, height, channels: 4 } })
        .removeAlpha()
        .raw()
        .toBuffer();
      const tiff = profiledTiff({
        data: rgb,
        width,
        height,
        channels: 3,
        bitDepth: 8,
        icc: profiles[name],
        isCmyk: false,
      });
      const { mean, p99 } = await differenceFromReference('grid.tif', grid, tiff);
      expect([width, height]).toEqual([2 * tile.width, tile.height]);
      expect(mean).toBeLessThan(2);
      expect(p99).toBeLessThan(6);
    });
  },
);

describe('color', () => {
  it('takes an sRGB profile for sRGB under any name, and no other', async () => {
    const { icc } = await sharp(await landscape(8, 8).withIccProfile('srgb').png().toBuffer()).metadata();
    expect(isSrgbProfile(icc ?? Buffer.alloc(0))).toBe(true);
    for (const profile of Object.values(profiles)) expect(isSrgbProfile(profile)).toBe(false);
    expect(isSrgbProfile(Buffer.from('no profile'))).toBe(false);
  });

  it.each(['Adobe RGB', 'Display P3', 'ProPhoto RGB'] as const)(
    'keeps white, black and alpha, and cuts off what sRGB cannot show, of %s',
    (name) => {
      const mapping = mappingOfProfile(profiles[name]);
      if (mapping === undefined) throw new Error('not told from its matrix and curves');
      const opaque = [255, 255, 255, 9, 0, 0, 0, 99, 255, 0, 0, 200];
      const expected = [255, 255, 255, 9, 0, 0, 0, 99, 255, 0, 0, 200];
      expect([...mapColors(Uint8Array.from(opaque), 4, mapping)]).toEqual(expected);
      const deep = Uint16Array.from(opaque, (sample) => sample * 257);
      expect([...mapColors(deep, 4, mapping)]).toEqual(expected);
    },
  );

  it('leaves a profile to the color engine that is more than a matrix and one curve, or is cut off', () => {
    const profile = profiles['Display P3'];
    const withLookUp = Buffer.from(profile);
    withLookUp.write('A2B0', withLookUp.indexOf('cprt', 128), 'latin1');
    for (const other of [withLookUp, profile.subarray(0, 200), profiles['gray, gamma 1.8']]) {
      expect(mappingOfProfile(other)).toBeUndefined();
    }
  });

  it('brings 16 bits down to 8', async () => {
    const deep = await landscape(64, 64).toColorspace('rgb16').png().toBuffer();
    const { renditions } = await engine.render(deep, whole(64));
    const { data } = await decoded(renditions[0]?.body ?? Buffer.alloc(0));
    const { data: expected } = await decoded(await landscape(64, 64).png().toBuffer());
    const worst = data.reduce((most, value, at) => Math.max(most, Math.abs(value - (expected[at] ?? 0))), 0);
    expect(worst).toBeLessThanOrEqual(1);
  });

  it('survives a profile that is broken, and one of another color model', async () => {
    const broken = Buffer.from(profiles['Adobe RGB']);
    broken.fill(0xff, 128);
    for (const original of [await profiled(broken, 8), await profiled(profiles['gray, gamma 1.8'], 8)]) {
      const { renditions } = await engine.render(original, whole(64));
      expect(colorAt(await decoded(renditions[0]?.body ?? Buffer.alloc(0)), 0.9, 0.9).length).toBeGreaterThan(
        0,
      );
    }
  });

  it('draws what PNG code points say: the red of Display P3 is beyond the red of sRGB', async () => {
    const original = withChunk(await solid(200, 60, 60), 'cICP', Buffer.from([12, 13, 0, 1]));
    const { renditions } = await engine.render(original, whole(16));
    const [red = 0, green = 0] = colorAt(await decoded(renditions[0]?.body ?? Buffer.alloc(0)), 0.5, 0.5);
    expect(red).toBeGreaterThan(210);
    expect(green).toBeLessThan(50);
  });

  it('leaves white white and black black, whatever the code points', async () => {
    for (const transfer of [13, 16, 18]) {
      for (const level of transfer === 13 ? [0, 255] : [0]) {
        const original = withChunk(
          await solid(level, level, level),
          'cICP',
          Buffer.from([9, transfer, 0, 1]),
        );
        const { renditions } = await engine.render(original, whole(16));
        const picture = await decoded(renditions[0]?.body ?? Buffer.alloc(0));
        expect(colorAt(picture, 0.5, 0.5).slice(0, 3)).toEqual([level, level, level]);
      }
    }
  });

  it('measures color differences as the published examples do', () => {
    expect(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
    expect(ciede2000([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4);
    expect(ciede2000([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514])).toBeCloseTo(0.9082, 4);
  });
});

function solid(r: number, g: number, b: number): Promise<Buffer> {
  return sharp({ create: { width: 16, height: 16, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer();
}

/** The PNG with one more chunk behind its header. */
function withChunk(png: Buffer, type: string, body: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + body.length);
  chunk.writeUInt32BE(body.length);
  chunk.write(type, 4, 'latin1');
  body.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + body.length)), 8 + body.length);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}
