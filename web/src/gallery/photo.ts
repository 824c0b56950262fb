// One photo of the gallery, at its place in the rows: a link to it, with its picture or what has become of it.

import { html, nothing } from 'lit';
import type { Image } from '../../../client/src/client.ts';
import { hashOf } from '../routes.ts';
import { strings } from '../strings.ts';
import type { Photo } from './photo-list.ts';
import { drawThumbHash } from './placeholder.ts';
import type { Box } from './rows.ts';
import { sourceTemplates } from './source-templates.ts';
import { type Sources, sourcesOf } from './sources.ts';

export interface PlacedPhoto {
  readonly photo: Photo;
  /** Undefined where it is asked for. */
  readonly image: Image | undefined;
  readonly box: Box;
  readonly index: number;
  /** -1 while that is not known. */
  readonly setSize: number;
  /** Whether the tabulator key leads to it. */
  readonly isCurrent: boolean;
}

/** @param onBroken told when its picture cannot be loaded */
export function photoTemplate(placed: PlacedPhoto, onBroken: (imageId: string) => void) {
  const { photo, image, box, index, setSize, isCurrent } = placed;
  const { imageId, status, thumbHash, dominantColor } = photo;
  const sources = image && sourcesOf(image);
  // By the style object, since the page allows no style attributes.
  const style = `transform:translate(${box.left}px,${box.top}px);width:${box.width}px;height:${box.height}px;background-color:${dominantColor ?? ''}`;
  return html`
    <div role="listitem" class=${`photo ${status}`} aria-setsize=${setSize} aria-posinset=${index + 1} .style=${style}>
      <a href=${hashOf({ view: 'image', imageId })} data-index=${index} tabindex=${isCurrent ? 0 : -1}>
        ${thumbHash ? html`<canvas aria-hidden="true" ${drawThumbHash(thumbHash)}></canvas>` : nothing}
        ${sources ? picture(sources, placed, () => onBroken(imageId)) : text(photo, image)}
        ${sources && status === 'processing' ? html`<span class="badge">${strings.gallery.developing}</span>` : nothing}
      </a>
    </div>
  `;
}

const nameOf = ({ name }: Photo) => name ?? strings.gallery.unnamed;

function picture({ sources, fallback }: Sources, { photo, box }: PlacedPhoto, onError: () => void) {
  return html`
    <picture>
      ${sourceTemplates(sources, `${box.width}px`)}
      <img
        alt=${nameOf(photo)} loading="lazy" decoding="async" draggable="false"
        width=${fallback.width} height=${fallback.height} src=${fallback.url}
        @load=${({ target }: Event) => (target as HTMLElement).classList.add('loaded')}
        @error=${onError}
      />
    </picture>
    <span class="caption" aria-hidden="true">${nameOf(photo)}</span>
  `;
}

function text(photo: Photo, image: Image | undefined) {
  const reason = image?.failure?.message;
  const state = photo.status === 'processing' ? strings.gallery.developing : reason;
  return html`
    <span class=${photo.thumbHash ? 'unseen' : 'text'}>
      <span class="name">${nameOf(photo)}</span>
      ${state ? html`<span class="state">${state}</span>` : nothing}
    </span>
  `;
}
