// Where the keyboard is among the photos: one of them at a time is what the tabulator key leads to, arrows lead to the others.

import type { GalleryModel } from './gallery-model.ts';
import { destination, moveOf } from './keyboard.ts';

export interface GalleryFocus {
  /** The photo that the keyboard is at, or was at last; -1 where there is none. */
  readonly current: number;
  /** Whether it is there now. */
  readonly isHere: boolean;
  arrived(event: FocusEvent): void;
  pressed(event: KeyboardEvent): void;
  /** Leads to a photo by its index; to the last one where there are fewer. */
  lead(index: number): void;
  /** Leads to a photo, or where that was left out to the one that took its place. */
  leadTo(imageId: string): void;
  /** It is about to be left out. */
  leave(imageId: string): void;
  reset(): void;
}

interface Surroundings {
  model(): GalleryModel | undefined;
  root(): ParentNode;
  /** Brings a row into the window. Fulfilled when its photos are in the page; false where nothing is shown at all. */
  show(row: number): Promise<boolean>;
}

export function createGalleryFocus({ model, root, show }: Surroundings): GalleryFocus {
  let at: { readonly imageId: string; readonly index: number } | undefined;
  const indexOf = (event: Event) => Number((event.target as HTMLElement).dataset['index']);

  async function lead(index: number): Promise<void> {
    const { photos = [], rows } = model() ?? {};
    const place = Math.min(index, photos.length - 1);
    const photo = photos[place];
    if (!photo || !rows) return;
    at = { imageId: photo.imageId, index: place };
    if (await show(rows.of(place)))
      root().querySelector<HTMLElement>(`a[data-index="${place}"]`)?.focus({ preventScroll: true });
  }

  return {
    get current() {
      return at ? (model()?.indexOf(at.imageId) ?? -1) : -1;
    },
    get isHere() {
      return root().querySelector('a:focus') !== null;
    },
    arrived(event) {
      const index = indexOf(event);
      const imageId = model()?.photos[index]?.imageId;
      if (imageId !== undefined) at = { imageId, index };
    },
    pressed(event) {
      const move = moveOf(event);
      const from = indexOf(event);
      const shown = model();
      if (!move || !shown || Number.isNaN(from)) return;
      event.preventDefault();
      void lead(destination(move, from, shown.rows, shown.ratios));
    },
    lead: (index) => void lead(index),
    leadTo(imageId) {
      const index = model()?.indexOf(imageId) ?? -1;
      if (index >= 0) void lead(index);
      else if (at?.imageId === imageId) void lead(at.index);
    },
    leave(imageId) {
      const index = model()?.indexOf(imageId) ?? -1;
      if (index >= 0) at = { imageId, index };
    },
    reset() {
      at = undefined;
    },
  };
}
