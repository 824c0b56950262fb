// All photos that are in the page, each at its place.

import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { strings } from '../strings.ts';
import type { GalleryFocus } from './gallery-focus.ts';
import type { GalleryModel } from './gallery-model.ts';
import { photoTemplate } from './photo.ts';
import { placedPhotos } from './placed-photos.ts';

interface Shown {
  /** The first row that is in the page, and the one after the last. */
  readonly rows: readonly [number, number];
  /** The first row that the window shows. */
  readonly top: number;
  /** Whether photos are on their way to other places. */
  readonly isMoving: boolean;
  readonly focus: GalleryFocus;
  /** Told when a picture cannot be loaded. */
  onBroken(imageId: string): void;
}

export function photosTemplate(model: GalleryModel, { rows, top, isMoving, focus, onBroken }: Shown) {
  const placed = placedPhotos(model, { rows, top, current: focus.current, isFocused: focus.isHere });
  return html`
    <div
      class=${isMoving ? 'photos moving' : 'photos'} role="list" aria-label=${strings.gallery.title}
      .style=${`height:${model.rows.height}px`} @keydown=${focus.pressed} @focusin=${focus.arrived}
    >
      ${repeat(
        placed,
        ({ photo }) => photo.imageId,
        (one) => photoTemplate(one, onBroken),
      )}
    </div>
  `;
}
