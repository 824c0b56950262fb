// How near a picture is to what it should be: lanczos3 from the whole original, decoded at full resolution.

import sharp, { type Sharp } from 'sharp';
import { ssim } from 'ssim.js';
import type { Variant } from '../../../shared/domain/variants.ts';
import { targetOf } from '../../../shared/imaging/inspect/geometry.ts';
import type { Photo } from '../photos.ts';

/** RGB, 8 bits a sample. */
export interface Picture {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

export interface Likeness {
  /** Peak signal to noise over all samples, in decibels. */
  readonly psnr: number;
  /** Mean structural similarity of luma, 11 x 11 Gaussian windows. */
  readonly ssim: number;
}

/** The variant as it should be, by variant name: colors converted and reduced at full resolution, nothing lost. */
export async function referencesOf(
  photo: Photo,
  variants: readonly Variant[],
): Promise<Map<string, Picture>> {
  const whole = await toPicture(sharp(photo.bytes).autoOrient());
  const references = new Map<string, Picture>();
  for (const variant of variants) {
    const { width, height } = targetOf(photo, variant);
    const fit = variant.fit === 'inside' ? 'fill' : 'cover';
    const raw = { width: whole.width, height: whole.height, channels: 3 as const };
    const reduced = sharp(whole.data, { raw }).resize(width, height, { fit, kernel: 'lanczos3' });
    references.set(variant.name, await toPicture(reduced));
  }
  return references;
}

/** What a viewer sees of an encoded picture. */
export function decoded(body: Uint8Array): Promise<Picture> {
  return toPicture(sharp(body));
}

async function toPicture(pipeline: Sharp): Promise<Picture> {
  const { data, info } = await pipeline
    .toColorspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** @throws {RangeError} when the two have other dimensions */
export function likeness(picture: Picture, reference: Picture): Likeness {
  const { mssim } = ssim(rgba(picture), rgba(reference), { ssim: 'fast', downsample: false });
  return { psnr: psnrOf(picture, reference), ssim: mssim };
}

/** Decibels. @throws {RangeError} when the two have other dimensions */
export function psnrOf({ data, width, height }: Picture, reference: Picture): number {
  if (width !== reference.width || height !== reference.height) {
    throw new RangeError('pictures of different dimensions');
  }
  let sum = 0;
  for (let at = 0; at < data.length; at += 1) sum += ((data[at] ?? 0) - (reference.data[at] ?? 0)) ** 2;
  return sum === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((255 * 255 * data.length) / sum);
}

function rgba({ data, width, height }: Picture) {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      pixels[pixel * 4 + channel] = data[pixel * 3 + channel] ?? 0;
    }
  }
  return { data: pixels, width, height, colorSpace: 'srgb' as const };
}
