// The photos that are in the page, each at its place: those of some rows, and the one that the keyboard is at.

import type { GalleryModel } from './gallery-model.ts';
import type { PlacedPhoto } from './photo.ts';

interface Shown {
  /** The first row, and the one after the last. */
  readonly rows: readonly [number, number];
  /** The first row that the window shows. */
  readonly top: number;
  /** Which photo the keyboard was at last; -1 where there is none. */
  readonly current: number;
  /** Whether the keyboard is there now: it is not to be lost because the page was scrolled. */
  readonly isFocused: boolean;
}

/** In their order. One of them is what the tabulator key leads to. */
export function placedPhotos(model: GalleryModel, shown: Shown): readonly PlacedPhoto[] {
  const { rows, photos, ratios } = model;
  const [first, end] = shown.rows;
  const row = shown.current < 0 ? first : rows.of(shown.current);
  const isNear = row >= first && row < end;
  const isCurrentShown = shown.current >= 0 && (isNear || shown.isFocused);
  const current = isCurrentShown ? shown.current : rows.at(shown.top)?.first;
  const setSize = model.listing.state === 'ended' ? photos.length : -1;

  function inRow(at: number): readonly PlacedPhoto[] {
    return rows.boxes(at, ratios).flatMap((box, offset) => {
      const index = (rows.at(at)?.first ?? 0) + offset;
      const photo = photos[index];
      if (!photo) return [];
      return [
        { photo, image: model.imageOf(photo.imageId), box, index, setSize, isCurrent: index === current },
      ];
    });
  }

  const near = Array.from({ length: end - first }, (_, offset) => inRow(first + offset)).flat();
  if (isNear || !isCurrentShown) return near;
  const far = inRow(row).filter(({ index }) => index === shown.current);
  return row < first ? [...far, ...near] : [...near, ...far];
}
