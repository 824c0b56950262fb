// A small picture of an image, or what stands for it where there is none.

import { css, html } from 'lit';
import { placeholderUrl } from '../gallery/placeholder.ts';
import type { ImageBrief } from './answers.ts';

/** Beside whatever names the image. */
export function tile({ thumbnail, placeholder, fileName }: ImageBrief) {
  const source = thumbnail ?? placeholderUrl(placeholder?.thumbHash);
  if (source === undefined)
    return html`<span class="tile" aria-hidden="true">${extensionOf(fileName)}</span>`;
  const color = placeholder?.dominantColor ?? 'transparent';
  return html`<img class="tile" src=${source} alt="" .style=${`background-color:${color}`} />`;
}

/** As much of a name as tells what kind of file it is. */
function extensionOf(fileName: string | null): string {
  const [, extension = '?'] = /\.(\w{1,4})$/.exec(fileName ?? '') ?? [];
  return extension.toUpperCase();
}

export const tileStyles = css`
  .tile {
    display: grid; place-items: center; width: 4rem; height: 4rem; border-radius: 0.375rem; object-fit: cover;
    background: var(--darkroom-hover, #eee); color: var(--darkroom-muted, GrayText); font-size: 0.6875rem; font-weight: 600;
    letter-spacing: 0.04em;
  }
`;
