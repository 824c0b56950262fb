// Checks what a renderer made before anybody hears how fast it was: exact dimensions, likeness, bytes.

import { targetOf } from '../../../shared/imaging/geometry.ts';
import { meanOf } from '../measure/statistics.ts';
import type { Photo } from '../photos.ts';
import type { Renderer } from './output.ts';
import { type PresetName, presets } from './presets.ts';
import { decoded, type Likeness, likeness, type Picture, referencesOf } from './quality.ts';

export interface Checked {
  readonly renditions: number;
  /** Those whose width and height are what the variant asks of this original. */
  readonly exactDimensions: number;
  /** The least of all renditions that have the right dimensions. */
  readonly worst: Likeness;
  readonly mean: Likeness;
  /** Of all renditions of one photo, on average. */
  readonly bytesPerPhoto: number;
}

/** Every renderer's outputs for every photo, compared with the same references. By renderer's name. */
export async function checkAll(
  renderers: readonly Renderer[],
  photos: readonly Photo[],
  preset: PresetName,
  onStep: () => void = () => {},
): Promise<Record<string, Checked>> {
  const findings = renderers.map(() => ({ renditions: 0, bytes: 0, likenesses: [] as Likeness[] }));
  for (const photo of photos) {
    const references = await referencesOf(photo, presets[preset]);
    for (const [index, renderer] of renderers.entries()) {
      const finding = findings[index];
      if (finding === undefined) continue;
      const outputs = new Map(
        (await renderer.render(photo.bytes, presets[preset])).map(({ variant, body }) => [variant, body]),
      );
      for (const variant of presets[preset]) {
        const body = outputs.get(variant.name);
        const reference = references.get(variant.name);
        if (body === undefined || reference === undefined) {
          throw new Error(`${renderer.name} made no ${variant.name} of ${photo.name}`);
        }
        finding.renditions += 1;
        finding.bytes += body.byteLength;
        const picture = await decoded(body);
        if (hasDimensions(picture, targetOf(photo, variant))) {
          finding.likenesses.push(likeness(picture, reference));
        }
      }
      onStep();
    }
  }
  return Object.fromEntries(
    findings.map(({ renditions, bytes, likenesses }, index) => {
      const psnrs = likenesses.map(({ psnr }) => psnr);
      const ssims = likenesses.map(({ ssim }) => ssim);
      const checked: Checked = {
        renditions,
        exactDimensions: likenesses.length,
        worst: { psnr: Math.min(...psnrs), ssim: Math.min(...ssims) },
        // A rendition without any difference has no finite PSNR.
        mean: { psnr: meanOf(psnrs.filter(Number.isFinite)), ssim: meanOf(ssims) },
        bytesPerPhoto: bytes / photos.length,
      };
      return [renderers[index]?.name ?? '', checked];
    }),
  );
}

function hasDimensions(picture: Picture, expected: { width: number; height: number }): boolean {
  return picture.width === expected.width && picture.height === expected.height;
}
