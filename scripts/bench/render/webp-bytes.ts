// What WebP at Darkroom's effort costs in bytes against the tutorial's effort 4 at equal quality.

import sharp from 'sharp';
import type { Variant } from '../../../shared/domain/variants.ts';
import { sumOf } from '../measure/statistics.ts';
import type { Photo } from '../photos.ts';
import type { Renderer } from './output.ts';
import { presets } from './presets.ts';
import { decoded, type Picture, psnrOf } from './quality.ts';

/** Around the quality that both use, so that the other's curve crosses the same likeness. */
const qualities = [74, 78, 82, 86] as const;
const tutorialEffort = 4;

/**
 * Bytes of Darkroom's WebP as a multiple of effort 4's where both are as near to the pixels that were encoded:
 * by PSNR, interpolated along effort 4's curve, summed over all renditions.
 */
export async function webpBytesRatio(darkroom: Renderer, photos: readonly Photo[]): Promise<number> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (const photo of photos) {
    const lossless = await byVariant(darkroom, photo, presets.png);
    const lossy = await byVariant(darkroom, photo, presets.webp);
    for (const [variant, body] of lossy) {
      const pixels = await decoded(lossless.get(variant) ?? new Uint8Array());
      const psnr = psnrOf(await decoded(body), pixels);
      ours.push(body.byteLength);
      theirs.push(await bytesAt(psnr, pixels));
    }
  }
  return sumOf(ours) / sumOf(theirs);
}

async function byVariant(renderer: Renderer, { bytes }: Photo, preset: readonly Variant[]) {
  return new Map((await renderer.render(bytes, preset)).map(({ variant, body }) => [variant, body]));
}

/** Bytes that effort 4 needs for this PSNR: log bytes are nearly linear in it. */
async function bytesAt(psnr: number, pixels: Picture): Promise<number> {
  const raw = { width: pixels.width, height: pixels.height, channels: 3 as const };
  const points: { psnr: number; logBytes: number }[] = [];
  for (const quality of qualities) {
    const body = await sharp(pixels.data, { raw }).webp({ quality, effort: tutorialEffort }).toBuffer();
    points.push({ psnr: psnrOf(await decoded(body), pixels), logBytes: Math.log(body.byteLength) });
  }
  const above = points.findIndex((point) => point.psnr >= psnr);
  const end = above === -1 ? points.length - 1 : Math.max(1, above);
  const [low, high] = [points[end - 1], points[end]];
  if (low === undefined || high === undefined) throw new Error('a curve needs two points');
  const share = (psnr - low.psnr) / (high.psnr - low.psnr);
  return Math.exp(low.logBytes + share * (high.logBytes - low.logBytes));
}
