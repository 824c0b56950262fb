// A small picture of an image, or what stands for it where there is none.

import { css, html } from 'lit';
import { drawThumbHash } from '../gallery/placeholder.ts';
import type { ImageBrief } from './answers.ts';

/** Beside whatever names the image. */
export function tile({ thumbnail, placeholder, fileName }: ImageBrief) {
  const color = `background-color:${placeholder?.dominantColor ?? 'transparent'}`;
  if (thumbnail !== null) return html`<img class="tile" src=${thumbnail} alt="" .style=${color} />`;
  if (placeholder !== null)
    return html`<canvas class="tile" aria-hidden="true" ${drawThumbHash(placeholder.thumbHash)}></canvas>`;
  return html`<span class="tile" aria-hidden="true">${extensionOf(fileName)}</span>`;
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
