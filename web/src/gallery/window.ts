// What of a gallery's photos the window shows, and the way back to it: pages scroll as a whole, so this asks the document.

import type { GalleryModel } from './gallery-model.ts';

interface Kept {
  readonly imageId: string;
  /** How far its row was from the upper edge of the window. */
  readonly offset: number;
}

export interface GalleryWindow {
  /** How far the window’s upper edge is below that of the photos; negative while it is above. */
  readonly top: number;
  /** The rows within the window and so many heights of it beyond: the first, and the one after the last. */
  rows(model: GalleryModel, margin: number): readonly [number, number];
  /** The photos that it shows. */
  seen(model: GalleryModel): readonly string[];
  /** Scrolls as little as shows a row. */
  show(model: GalleryModel, row: number): void;
  /** Remembers what is at the upper edge, unless that is above the photos. */
  keep(model: GalleryModel): void;
  /** Scrolls to where that is now. */
  restore(model: GalleryModel): void;
  /** Whether something is remembered. */
  readonly isKept: boolean;
}

const spacePx = 8;

/** @param photos the element that the photos are placed in, once there is one */
export function createGalleryWindow(photos: () => Element | null): GalleryWindow {
  let kept: Kept | undefined;
  const topOf = () => -(photos()?.getBoundingClientRect().top ?? 0);
  const scroll = (top: number) => {
    if (Math.abs(top) >= 1) scrollBy({ top, behavior: 'instant' });
  };

  const rowsWithin = ({ rows }: GalleryModel, margin: number) => {
    const top = topOf();
    return rows.between(top - innerHeight * margin, top + innerHeight * (1 + margin));
  };

  return {
    get top() {
      return topOf();
    },
    get isKept() {
      return kept !== undefined;
    },
    rows: rowsWithin,
    seen(model) {
      const [first, end] = rowsWithin(model, 0);
      const seen = model.photos.slice(model.rows.at(first)?.first, model.rows.at(end)?.first);
      return seen.map(({ imageId }) => imageId);
    },
    show({ rows }, index) {
      const row = rows.at(index);
      if (!row) return;
      const top = topOf();
      const above = row.top - spacePx - top;
      const below = row.top + row.height + spacePx - (top + innerHeight);
      if (above < 0) scroll(above);
      else if (below > 0) scroll(below);
    },
    keep({ rows, photos: all }) {
      const top = topOf();
      if (kept || top <= 0) return;
      const row = rows.at(rows.between(top, top + 1)[0]);
      const imageId = all[row?.first ?? -1]?.imageId;
      if (row && imageId !== undefined) kept = { imageId, offset: row.top - top };
    },
    restore({ rows, indexOf }) {
      const index = kept ? indexOf(kept.imageId) : -1;
      const row = index < 0 ? undefined : rows.at(rows.of(index));
      if (kept && row) scroll(row.top - kept.offset - topOf());
      kept = undefined;
    },
  };
}
