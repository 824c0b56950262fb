import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createImagingEngine } from '../../shared/imaging/engine.ts';
import { bufferSource } from '../../shared/imaging/inspect/byte-source.ts';
import { defaultLimits } from '../../shared/imaging/inspect/limits.ts';
import { readMetadata } from '../../shared/imaging/metadata/read-metadata.ts';
import { corpusNote, hasCorpus, readCorpus } from './corpus.ts';
import { box } from './hostile/bytes.ts';
import { colorAt, decoded, whole } from './samples.ts';

const engine = createImagingEngine();
const frugal = createImagingEngine({ limits: { maxAnimationFrames: 3, maxFrames: 5 } });
afterAll(() => Promise.all([engine.close(), frugal.close()]));

const delay = [40, 120, 500, 2000];
const colors = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 0],
] as const;

function animation(frames = 4) {
  const [width, height] = [120, 80];
  const pixels = Buffer.alloc(width * height * 4 * frames, 255);
  for (let at = 0; at < pixels.length; at += 4) {
    const frame = Math.floor(at / (width * height * 4));
    pixels.set(colors[frame % colors.length] ?? [0, 0, 0], at);
  }
  return sharp(pixels, {
    raw: { width, height: height * frames, channels: 4, pageHeight: height },
    animated: true,
  });
}

const sources = {
  gif: () => animation().gif({ delay, loop: 3 }).toBuffer(),
  webp: () => animation().webp({ delay, loop: 3 }).toBuffer(),
} as const;

describe('animations', () => {
  it.each(['gif', 'webp'] as const)('keeps frames, timing and repetitions of %s', async (format) => {
    const { renditions } = await engine.render(await sources[format](), whole(60, 'webp'));
    expect(renditions[0]).toMatchObject({ width: 60, height: 40, frames: 4 });
    const kept = await sharp(renditions[0]?.body ?? '', { animated: true }).metadata();
    expect(kept).toMatchObject({ pages: 4, delay, loop: 3, pageHeight: 40 });
  });

  it('shows a frame for at most 65.5 s, whatever a GIF says', async () => {
    const gif = await sources.gif();
    // The hundredths of a second of the first frame, behind the label of its graphic control extension.
    gif.writeUInt16LE(65_535, gif.indexOf('21f904', 'hex') + 4);

    const { renditions } = await engine.render(gif, whole(60, 'webp'));

    const kept = await sharp(renditions[0]?.body ?? '', { animated: true }).metadata();
    expect(kept.delay).toEqual([65_535, ...delay.slice(1)]);
  });

  it('plays for ever what a GIF plays more often than a WebP can say', async () => {
    const gif = await sources.gif();
    gif.writeUInt16LE(65_535, gif.indexOf('NETSCAPE2.0') + 13);

    const { renditions } = await engine.render(gif, whole(60, 'webp'));

    const kept = await sharp(renditions[0]?.body ?? '', { animated: true }).metadata();
    expect(kept.loop).toBe(0);
  });

  it('shows a frame of a WebP for at most 65.5 s as well', async () => {
    const webp = await sources.webp();
    webp.writeUIntLE(2 ** 24 - 1, webp.indexOf('ANMF') + 20, 3);

    const { renditions } = await engine.render(webp, whole(60, 'webp'));

    const kept = await sharp(renditions[0]?.body ?? '', { animated: true }).metadata();
    expect(kept.delay).toEqual([65_535, ...delay.slice(1)]);
  });

  it('reduces each frame by itself: no neighbor shows at its edges', async () => {
    const { renditions } = await engine.render(await sources.gif(), whole(30, 'webp'));
    const { data, info } = await sharp(renditions[0]?.body ?? '', { animated: true })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const height = info.pageHeight ?? 0;
    colors.forEach((color, frame) => {
      for (const row of [frame * height, (frame + 1) * height - 1]) {
        const at = row * info.width * 3 + 30;
        const difference = color.reduce<number>(
          (sum, value, channel) => sum + Math.abs(value - (data[at + channel] ?? 0)),
          0,
        );
        expect(difference).toBeLessThan(30);
      }
    });
  });

  it('crops every frame alike', async () => {
    const { renditions } = await engine.render(await sources.gif(), [
      { name: 'square', width: 40, height: 40, fit: 'cover', crop: 'attention', formats: ['webp'] },
    ]);
    expect(renditions[0]).toMatchObject({ width: 40, height: 40, frames: 4 });
  });

  it('keeps the first frame where the format cannot move, and says so', async () => {
    const { renditions } = await engine.render(await sources.gif(), whole(60, 'jpeg', 'webp'));
    const [jpeg, webp] = renditions;
    expect([jpeg?.frames, webp?.frames]).toEqual([1, 4]);
    const [red = 0, green = 0] = colorAt(await decoded(jpeg?.body ?? Buffer.alloc(0)), 0.5, 0.5);
    expect(red).toBeGreaterThan(240);
    expect(green).toBeLessThan(20);
  });

  it('keeps the first frame of an animation beyond its budget, and refuses one of far too many frames', async () => {
    const { renditions } = await frugal.render(await sources.gif(), whole(60, 'webp'));
    expect(renditions[0]?.frames).toBe(1);
    const long = await animation(6).gif({ delay: 100 }).toBuffer();
    await expect(frugal.render(long, whole(60, 'webp'))).rejects.toMatchObject({ code: 'too-many-frames' });
  });

  it('reports frames and duration', async () => {
    for (const source of Object.values(sources)) {
      expect(await readMetadata(bufferSource(await source()))).toMatchObject({ frames: 4, durationMs: 2660 });
    }
  });

  it.each(['gif', 'webp'] as const)(
    'says in the record that a %s beyond its budget shows its first frame',
    async (format) => {
      const dots = (frames: number) =>
        sharp(Buffer.alloc(4 * frames, 255), {
          raw: { width: 1, height: frames, channels: 4, pageHeight: 1 },
          animated: true,
        });
      const file = async (frames: number) => {
        // Alike frames would be merged.
        const pixels = await dots(frames).raw().toBuffer();
        for (let at = 0; at < frames; at += 1) pixels[at * 4] = (at % 2) * 255;
        const raw = { width: 1, height: frames, channels: 4, pageHeight: 1 } as const;
        return sharp(pixels, { raw, animated: true }).toFormat(format, { delay: 20 }).toBuffer();
      };
      const within = await readMetadata(bufferSource(await file(defaultLimits.maxAnimationFrames)));
      expect(within.frames).toBe(300);
      expect(within).not.toHaveProperty('notes');
      const beyond = await readMetadata(bufferSource(await file(defaultLimits.maxAnimationFrames + 1)));
      expect(beyond).toMatchObject({ frames: 301, notes: ['only the first of 301 frames is shown'] });
    },
  );

  it.skipIf(!hasCorpus)(
    `draws the first frame of an APNG, and says so in the record${corpusNote}`,
    async () => {
      const apng = readCorpus('formats/png-apng-delay.png');
      const { renditions } = await engine.render(apng, whole(60, 'webp'));
      expect(renditions[0]).toMatchObject({ width: 60, height: 30, frames: 1 });
      expect(await readMetadata(bufferSource(apng))).toMatchObject({
        frames: 4,
        notes: ['only the first of 4 frames is shown'],
      });
    },
  );

  it.each([
    ['avis', 'an animated AVIF (an image sequence) is not accepted'],
    ['hevc', 'an animated HEIC (an image sequence) is not accepted'],
  ])('refuses sequences of brand %s by name', async (brand, message) => {
    const file = box('ftyp', Buffer.from(brand), Buffer.alloc(4), Buffer.from(`${brand}msf1mif1`));
    const refusal = { code: 'unsupported-format', message };
    await expect(engine.render(file, whole(60))).rejects.toMatchObject(refusal);
    await expect(readMetadata(bufferSource(file))).rejects.toMatchObject(refusal);
  });

  it('says that of a document the first page is shown', async () => {
    const page = await sharp({ create: { width: 8, height: 16, channels: 3, background: 'red' } })
      .raw()
      .toBuffer();
    const raw = { width: 8, height: 16, channels: 3, pageHeight: 8 } as const;
    const pages = await sharp(page, { raw, animated: true }).tiff().toBuffer();
    expect(await readMetadata(bufferSource(pages))).toMatchObject({
      frames: 2,
      notes: ['only the first of 2 pages is shown'],
    });
  });
});
