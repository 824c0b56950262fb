// The HTML that shows a photo on another page. Pure.

import type { Image } from '../../../client/src/client.ts';
import { sourcesOf } from '../gallery/sources.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function quoted(value: string | number): string {
  return `"${String(value).replace(/[&<>"]/g, (letter) => entities[letter] ?? letter)}"`;
}

/** @returns a `<picture>` with everything in it escaped; undefined while there is nothing to show */
export function pictureSnippet(image: Image): string | undefined {
  const shown = sourcesOf(image);
  if (!shown) return undefined;
  const { url, width, height } = shown.fallback;
  const sources = shown.sources.map(
    ({ contentType, srcset }) =>
      `  <source type=${quoted(contentType)} srcset=${quoted(srcset)} sizes="100vw">`,
  );
  const size = `width=${quoted(width)} height=${quoted(height)}`;
  const img = `  <img src=${quoted(url)} ${size} alt=${quoted(image.fileName ?? '')} loading="lazy">`;
  return ['<picture>', ...sources, img, '</picture>'].join('\n');
}

/** Whether URLs are signed, and so run out. */
export function isSigned({ renditions }: Image): boolean {
  return renditions.some(({ url }) => url?.includes('?'));
}
