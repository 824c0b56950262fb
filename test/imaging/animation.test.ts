import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createImagingEngine } from '../../shared/imaging/engine.ts';
import { bufferSource } from '../../shared/imaging/inspect/byte-source.ts';
import { readMetadata } from '../../shared/imaging/metadata/read-metadata.ts';
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
});
