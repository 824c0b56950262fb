// Which renditions a picture is shown from: those of the whole picture, by format, each in all its sizes. Pure.

import type { Image, Rendition } from '../../../client/src/client.ts';

export interface Source {
  readonly contentType: string;
  /** As `<source>` and `<img>` take it. */
  readonly srcset: string;
  readonly isAnimated: boolean;
}

export interface Sources {
  /** What the browser chooses from, the best first. */
  readonly sources: readonly Source[];
  /** For browsers that know none of them, and the size of the picture. */
  readonly fallback: Rendition & { readonly url: string };
}

/** The smallest for its quality first. */
const formats: readonly Rendition['format'][] = ['avif', 'webp', 'jpeg', 'png'];

/** @returns undefined while there is nothing to show */
export function sourcesOf({ renditions, metadata }: Image): Sources | undefined {
  const whole = metadata ?? largestOf(renditions);
  const shown = renditions
    .filter(
      (rendition): rendition is Sources['fallback'] =>
        rendition.url !== undefined && whole !== undefined && isWhole(rendition, whole.width / whole.height),
    )
    .toSorted((one, other) => one.width - other.width);
  const byFormat = formats.flatMap((format) => {
    const all = shown.filter((rendition) => rendition.format === format);
    const [first] = all;
    if (!first) return [];
    const srcset = all.map(({ url, width }) => `${url} ${width}w`).join(', ');
    return [{ contentType: first.contentType, srcset, isAnimated: all.some(({ frames }) => frames > 1) }];
  });
  // JPEG and PNG are what every browser reads.
  const fallback = shown.findLast(({ format }) => format === 'jpeg' || format === 'png') ?? shown.at(-1);
  return fallback && { sources: byFormat, fallback };
}

export function largestOf(renditions: readonly Rendition[]): Rendition | undefined {
  return renditions.toSorted((one, other) => other.width * other.height - one.width * one.height)[0];
}

/** Whether nothing is cropped: its proportions are those of the picture, but for whole pixels. */
function isWhole({ width, height }: Rendition, ratio: number): boolean {
  return Math.abs(width - height * ratio) <= 1 + ratio;
}
