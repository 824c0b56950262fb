import { afterAll, describe, expect, it } from 'vitest';
import { createImagingEngine } from '../../shared/imaging/engine.ts';
import { landscape, quarters, whole } from './samples.ts';

const engine = createImagingEngine();
afterAll(() => engine.close());
const developed = (original: Buffer) => engine.render(original, whole(320));

describe('what is told of the pixels', () => {
  it('is nearly the same hash in every format, quality and resolution', async () => {
    const source = () => landscape(900, 600);
    const { perceptualHash } = await developed(await source().png().toBuffer());
    const others = [
      source().jpeg({ quality: 40 }),
      source().webp({ quality: 60 }),
      source().avif({ effort: 0 }),
      source().tiff(),
      source().resize(450, 300).jpeg(),
      source().gif(),
    ];
    for (const other of others) {
      const { perceptualHash: hash } = await developed(await other.toBuffer());
      expect(hammingDistance(perceptualHash, hash)).toBeLessThanOrEqual(6);
    }
  });

  it('is far apart for different pictures', async () => {
    const [a, b] = await Promise.all([
      developed(await landscape(300, 200).png().toBuffer()),
      developed(await quarters().png().toBuffer()),
    ]);
    expect(hammingDistance(a.perceptualHash, b.perceptualHash)).toBeGreaterThan(12);
    expect(hammingDistance('0000000000000000', 'ffffffffffffffff')).toBe(64);
  });

  it('does not hash the noise of a flat picture', async () => {
    const flat = () => quarters(64, 64).blur(40).modulate({ saturation: 0 });
    const [png, jpeg] = await Promise.all([
      developed(await flat().png().toBuffer()),
      developed(await flat().jpeg({ quality: 50 }).toBuffer()),
    ]);
    expect(hammingDistance(png.perceptualHash, jpeg.perceptualHash)).toBeLessThanOrEqual(6);
  });

  it('has the color that most of the picture has, a placeholder, and the digest of the original', async () => {
    const original = await landscape(60, 60).linear([0, 0, 0], [200, 100, 50]).png().toBuffer();
    const { placeholder, sha256 } = await developed(original);
    expect(placeholder.dominantColor).toBe('#c86432');
    expect(Buffer.from(placeholder.thumbHash, 'base64').length).toBeGreaterThan(4);
    const { createHash } = await import('node:crypto');
    expect(sha256).toBe(createHash('sha256').update(original).digest('hex'));
  });
});

/** Bits in which two hashes differ: 0 the same picture, up to about 10 likely the same, about 32 unrelated. */
function hammingDistance(a: string, b: string): number {
  let difference = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  for (; difference > 0n; difference &= difference - 1n) count += 1;
  return count;
}
