import sharp from 'sharp';
import { thumbHashToRGBA } from 'thumbhash';
import { afterAll, describe, expect, it } from 'vitest';
import { createImagingEngine } from '../../shared/imaging/engine.ts';
import { whole } from './samples.ts';

const engine = createImagingEngine();
afterAll(() => engine.close());

/** Red at one end, blue at the other. */
function fade(width: number, height: number): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  const last = Math.max(width, height) - 1;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const along = width >= height ? pixel % width : Math.floor(pixel / width);
    pixels[pixel * 3] = 255 - (255 * along) / last;
    pixels[pixel * 3 + 2] = (255 * along) / last;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

async function shown(original: Buffer) {
  const { placeholder } = await engine.render(original, whole(160));
  const { w, h, rgba } = thumbHashToRGBA(Buffer.from(placeholder.thumbHash, 'base64'));
  const at = (x: number, y: number) => {
    const pixel = (Math.floor(y * (h - 1)) * w + Math.floor(x * (w - 1))) * 4;
    return [...rgba.subarray(pixel, pixel + 3)];
  };
  return { w, h, at };
}

function expectNear(actual: readonly number[], expected: readonly number[], most: number): void {
  const worst = Math.max(...actual.map((value, channel) => Math.abs(value - (expected[channel] ?? 0))));
  expect(worst).toBeLessThan(most);
}

describe('the placeholder', () => {
  it.each([
    [65_500, 1],
    [3000, 4],
    [64, 48],
    [2, 1],
  ])('of a picture of %i x %i pixels shows the picture', async (width, height) => {
    const { at } = await shown(await fade(width, height));
    const [left, right] = [at(0.02, 0.5), at(0.98, 0.5)];
    expect((left[0] ?? 0) - (left[2] ?? 0)).toBeGreaterThan(80);
    expect((right[2] ?? 0) - (right[0] ?? 0)).toBeGreaterThan(80);
    for (const x of [0.02, 0.5, 0.98]) {
      expectNear(at(x, 0), at(x, 0.5), 40);
      expectNear(at(x, 1), at(x, 0.5), 40);
    }
  });

  it('of a picture of 1 x 65,500 pixels shows it from top to bottom', async () => {
    const { at } = await shown(await fade(1, 65_500));
    const [top, bottom] = [at(0.5, 0.02), at(0.5, 0.98)];
    expect((top[0] ?? 0) - (top[2] ?? 0)).toBeGreaterThan(80);
    expect((bottom[2] ?? 0) - (bottom[0] ?? 0)).toBeGreaterThan(80);
    expectNear(at(0, 0.5), at(1, 0.5), 40);
  });

  it('of one pixel is that pixel', async () => {
    const pixel = sharp({ create: { width: 1, height: 1, channels: 3, background: '#c06030' } });
    const { at } = await shown(await pixel.png().toBuffer());
    for (const [x, y] of [
      [0, 0],
      [0.5, 0.5],
      [1, 1],
    ] as const)
      expectNear(at(x, y), [0xc0, 0x60, 0x30], 12);
  });
});
