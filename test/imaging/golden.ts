// Golden pictures, looked at once by a person. UPDATE_GOLDEN=1 writes them anew: look at them again before committing.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const folder = join(import.meta.dirname, 'golden');

/** The mean difference of all samples, 0 to 255; infinite where the dimensions differ. */
export async function differenceFromGolden(name: string, body: Uint8Array | undefined): Promise<number> {
  if (body === undefined) return Number.POSITIVE_INFINITY;
  const path = join(folder, `${name}.png`);
  if (process.env['UPDATE_GOLDEN'] === '1' || !existsSync(path)) {
    if (process.env['CI'] !== undefined) throw new Error(`there is no golden picture ${name}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, await sharp(body).png({ compressionLevel: 9 }).toBuffer());
  }
  const [golden, actual] = await Promise.all([rgba(readFileSync(path)), rgba(body)]);
  if (golden.info.width !== actual.info.width || golden.info.height !== actual.info.height) {
    return Number.POSITIVE_INFINITY;
  }
  const sum = golden.data.reduce((total, value, at) => total + Math.abs(value - (actual.data[at] ?? 0)), 0);
  return sum / golden.data.length;
}

function rgba(body: Uint8Array) {
  return sharp(body).toColorspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });
}
