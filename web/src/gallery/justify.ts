// Rows of pictures that are equally high within a row and fill the width. Pure.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * @param ratios width by height of each picture
 * @param width to fill, in pixels, as are `rowHeight` and `gap`
 * @returns a box for each, and how high all are together
 */
export function justify(
  ratios: readonly number[],
  width: number,
  rowHeight: number,
  gap: number,
): { readonly boxes: readonly Box[]; readonly height: number } {
  const boxes: Box[] = [];
  let top = 0;
  let row: number[] = [];
  const close = (isLast: boolean) => {
    const sum = row.reduce((total, ratio) => total + ratio, 0);
    const filling = (width - gap * (row.length - 1)) / sum;
    // A last row that is not full keeps the usual height instead of growing.
    const height = isLast ? Math.min(filling, rowHeight) : filling;
    let left = 0;
    for (const ratio of row) {
      boxes.push({ left, top, width: ratio * height, height });
      left += ratio * height + gap;
    }
    top += height + gap;
    row = [];
  };
  for (const ratio of ratios) {
    row.push(ratio);
    const sum = row.reduce((total, one) => total + one, 0);
    if (sum * rowHeight + gap * (row.length - 1) >= width) close(false);
  }
  if (row.length > 0) close(true);
  return { boxes, height: Math.max(0, top - gap) };
}
