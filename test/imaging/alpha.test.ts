import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { outputFormat } from '../../shared/domain/formats.ts';
import { createImagingEngine } from '../../shared/imaging/engine.ts';
import { colorAt, decoded, whole } from './samples.ts';

const engine = createImagingEngine();
afterAll(() => engine.close());

/** A red disc; what is transparent around it is green underneath, as careless editors leave it. */
async function disc(side = 400): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side * 4);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const isInside = Math.hypot(x - side / 2, y - side / 2) < side / 3;
      pixels.set(isInside ? [255, 0, 0, 255] : [0, 255, 0, 0], (y * side + x) * 4);
    }
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 4 } })
    .png()
    .toBuffer();
}

describe('transparency', () => {
  it.each(['png', 'webp', 'avif'] as const)(
    'keeps the edges of a shape free of halos in %s',
    async (format) => {
      const { renditions } = await engine.render(await disc(), whole(100, format));
      const { data, channels } = await decoded(renditions[0]?.body ?? Buffer.alloc(0));
      expect(channels).toBe(4);
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, , alpha = 0] = data.subarray(at, at + 4);
        if (alpha > 64) expect(green).toBeLessThan(format === 'png' ? 4 : 60);
        if (alpha > 64) expect(red).toBeGreaterThan(format === 'png' ? 250 : 150);
      }
    },
  );

  it('lays the picture on the background of the format’s row where the format has no transparency', async () => {
    const { renditions } = await engine.render(await disc(), whole(100, 'jpeg'));
    const picture = await decoded(renditions[0]?.body ?? Buffer.alloc(0));
    expect(outputFormat('jpeg').background).toBe('#ffffff');
    expect(Math.min(...colorAt(picture, 0.03, 0.03).slice(0, 3))).toBeGreaterThan(250);
    expect(colorAt(picture, 0.5, 0.5)[0]).toBeGreaterThan(240);
  });

  it('keeps a color that a palette declares transparent', async () => {
    const palette = await sharp(await disc())
      .png({ palette: true })
      .toBuffer();
    const { renditions } = await engine.render(palette, whole(100));
    const picture = await decoded(renditions[0]?.body ?? Buffer.alloc(0));
    expect(colorAt(picture, 0.03, 0.03)[3]).toBe(0);
    expect(colorAt(picture, 0.5, 0.5)[3]).toBe(255);
  });
});
