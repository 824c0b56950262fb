// The picture itself, as large as there is room: its placeholder first, then the rendition that fits.

import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Image } from '../../../client/src/client.ts';
import { drawThumbHash } from '../gallery/placeholder.ts';
import { sourceTemplates } from '../gallery/source-templates.ts';
import { sourcesOf } from '../gallery/sources.ts';
import { strings } from '../strings.ts';

export interface PictureState {
  readonly isZoomed: boolean;
  /** Told of a click on the picture, or of a key. */
  onZoom(event: MouseEvent): void;
  /** Told when it cannot be loaded. */
  onBroken(): void;
}

export function pictureTemplate(image: Image, { isZoomed, onZoom, onBroken }: PictureState) {
  const { metadata, placeholder, fileName } = image;
  const shown = sourcesOf(image);
  if (!shown && !placeholder) return html`<p class="no-picture">${strings.image.noPicture}</p>`;
  const { width, height } = metadata ?? shown?.fallback ?? { width: 3, height: 2 };
  const largest = Math.max(...image.renditions.map((rendition) => rendition.width), 320);
  // Neither cropped nor, but for what is very small, enlarged; by the style object, since the page allows no style attributes.
  const style = `--ratio:${width / height};--largest:${largest}px;background-color:${placeholder?.dominantColor ?? ''}`;
  return html`
    <button class="frame" aria-label=${isZoomed ? strings.image.zoomOut : strings.image.zoomIn} aria-pressed=${isZoomed} .style=${style} @click=${onZoom}>
      ${placeholder ? html`<canvas aria-hidden="true" ${drawThumbHash(placeholder.thumbHash)}></canvas>` : nothing}
      ${
        shown
          ? // Until it is loaded, an element that is used again shows what was there before.
            keyed(
              image.imageId,
              html`<picture>
              ${sourceTemplates(shown.sources, isZoomed ? '200vw' : '(min-width: 60rem) 70vw, 100vw')}
<img
                alt=${fileName ?? strings.gallery.unnamed} width=${shown.fallback.width} height=${shown.fallback.height}
                src=${shown.fallback.url} decoding="async" draggable="false"
                @load=${({ target }: Event) => (target as HTMLElement).classList.add('loaded')} @error=${onBroken}
              />
            </picture>`,
            )
          : nothing
      }
    </button>
  `;
}
