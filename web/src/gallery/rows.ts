// Justified rows: pictures equally high within a row, which fill the width. Knows where each is without asking all. Pure.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Row {
  /** The index of its first picture. */
  readonly first: number;
  readonly count: number;
  readonly top: number;
  readonly height: number;
}

export interface RowShape {
  /** To fill, in pixels, as is everything here. */
  readonly width: number;
  /** What rows are to be as high as, more or less. */
  readonly rowHeight: number;
  readonly gap: number;
}

const gap = 8;

/** On a narrow screen, rows are lower. */
export function shapeOf(width: number): RowShape {
  return { width: Math.max(1, width), rowHeight: width < 600 ? 150 : 240, gap };
}

export interface Rows {
  readonly count: number;
  /** Of all rows together. */
  readonly height: number;
  /** @param ratios width by height of each picture @param from the first that is new or other than before */
  layOut(ratios: readonly number[], from: number): void;
  at(row: number): Row | undefined;
  /** The row of a picture. */
  of(picture: number): number;
  /** The rows within a range of heights: the first, and the one after the last. */
  between(top: number, bottom: number): readonly [first: number, end: number];
  /** Where the pictures of a row are. */
  boxes(row: number, ratios: readonly number[]): readonly Box[];
}

export function createRows({ width, rowHeight, gap }: RowShape): Rows {
  const rows: Row[] = [];
  const bottom = (row: Row | undefined) => (row ? row.top + row.height : 0);
  const filling = (count: number, sum: number) => (width - gap * (count - 1)) / sum;

  function close(first: number, count: number, height: number): void {
    const last = rows.at(-1);
    rows.push({ first, count, top: last ? bottom(last) + gap : 0, height: Math.max(1, Math.round(height)) });
  }

  /** The last row that `isBefore` holds for: it holds for the first ones, and for none of the others. */
  function lastWhere(isBefore: (row: Row) => boolean): number {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(rows[middle] as Row)) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  const of = (picture: number) => lastWhere(({ first }) => first <= picture);

  return {
    get count() {
      return rows.length;
    },
    get height() {
      return bottom(rows.at(-1));
    },
    of,
    at: (row) => rows[row],

    layOut(ratios, from) {
      // The row before may take another picture in, if the first of its row has become narrower.
      const kept = Math.max(0, of(from) - 1);
      let first = rows[kept]?.first ?? 0;
      rows.length = Math.min(rows.length, kept);
      let sum = 0;
      for (let index = first; index < ratios.length; index += 1) {
        const ratio = ratios[index] as number;
        const count = index - first + 1;
        const height = filling(count, sum + ratio);
        if (height > rowHeight) {
          sum += ratio;
          continue;
        }
        const heightWithout = count > 1 ? filling(count - 1, sum) : Number.POSITIVE_INFINITY;
        if (heightWithout / rowHeight < rowHeight / height) {
          close(first, count - 1, heightWithout);
          // It begins the next row, and is looked at once more as its first.
          first = index;
          index -= 1;
        } else {
          close(first, count, height);
          first = index + 1;
        }
        sum = 0;
      }
      // A last row that is not full keeps the usual height instead of growing.
      if (first < ratios.length) close(first, ratios.length - first, rowHeight);
    },

    between(top, end) {
      if (rows.length === 0) return [0, 0];
      const first = lastWhere((row) => row.top <= top);
      return [first, lastWhere((row) => row.top < end) + 1];
    },

    boxes(row, ratios) {
      const { first, count, top, height } = rows[row] as Row;
      const shown = ratios.slice(first, first + count);
      const full = filling(
        count,
        shown.reduce((total, ratio) => total + ratio, 0),
      );
      const scale = row === rows.length - 1 ? Math.min(full, rowHeight) : full;
      let edge = 0;
      return shown.map((ratio, index) => {
        const left = Math.round(edge + gap * index);
        edge += ratio * scale;
        return { left, top, width: Math.max(1, Math.round(edge + gap * index) - left), height };
      });
    },
  };
}
