// Checks what a renderer made before anybody hears how fast it was: exact dimensions, likeness, bytes.

import { targetOf } from '../../../shared/imaging/inspect/geometry.ts';
import { meanOf } from '../measure/statistics.ts';
import type { Photo } from '../photos.ts';
import type { Renderer } from './output.ts';
import { type PresetName, presets } from './presets.ts';
import { decoded, type Likeness, likeness, type Picture, referencesOf } from './quality.ts';

export interface Checked {
  readonly renditions: number;
  /** Those whose width and height are what the variant asks of this original. */
  readonly exactDimensions: number;
  /** Of all renditions that have the right dimensions. */
  readonly all: Extent;
  /** Of those among them that show the whole picture: where a crop falls between two pixels, either is right. */
  readonly uncropped: Extent;
  /** Of all renditions of one photo, on average. */
  readonly bytesPerPhoto: number;
}

/** The least and the mean likeness of some renditions. */
interface Extent {
  readonly worst: Likeness;
  readonly mean: Likeness;
}

interface Finding extends Likeness {
  readonly isCropped: boolean;
}

/** Every renderer's outputs for every photo, compared with the same references. By renderer's name. */
export async function checkAll(
  renderers: readonly Renderer[],
  photos: readonly Photo[],
  preset: PresetName,
  onStep: () => void = () => {},
): Promise<Record<string, Checked>> {
  const findings = renderers.map(() => ({ renditions: 0, bytes: 0, likenesses: [] as Finding[] }));
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
          finding.likenesses.push({ ...likeness(picture, reference), isCropped: variant.fit === 'cover' });
        }
      }
      onStep();
    }
  }
  return Object.fromEntries(
    findings.map(({ renditions, bytes, likenesses }, index) => {
      const checked: Checked = {
        renditions,
        exactDimensions: likenesses.length,
        all: extentOf(likenesses),
        uncropped: extentOf(likenesses.filter(({ isCropped }) => !isCropped)),
        bytesPerPhoto: bytes / photos.length,
      };
      return [renderers[index]?.name ?? '', checked];
    }),
  );
}

function extentOf(likenesses: readonly Likeness[]): Extent {
  const psnrs = likenesses.map(({ psnr }) => psnr);
  const ssims = likenesses.map(({ ssim }) => ssim);
  return {
    worst: { psnr: Math.min(...psnrs), ssim: Math.min(...ssims) },
    // A rendition without any difference has no finite PSNR.
    mean: { psnr: meanOf(psnrs.filter(Number.isFinite)), ssim: meanOf(ssims) },
  };
}

function hasDimensions(picture: Picture, expected: { width: number; height: number }): boolean {
  return picture.width === expected.width && picture.height === expected.height;
}
