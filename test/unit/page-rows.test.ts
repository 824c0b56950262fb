// Rows of the gallery.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRows, type RowShape } from '../../web/src/gallery/rows.ts';

const ratios = fc.array(fc.double({ min: 0.5, max: 3, noNaN: true }), { maxLength: 80 });
const widths = fc.integer({ min: 300, max: 2000 });
const shapeOf = (width: number): RowShape => ({ width, rowHeight: 200, gap: 8 });

function laidOut(list: readonly number[], shape: RowShape) {
  const rows = createRows(shape);
  rows.layOut(list, 0);
  return rows;
}
const allBoxes = (list: readonly number[], shape: RowShape) => {
  const rows = laidOut(list, shape);
  return Array.from({ length: rows.count }, (_, row) => rows.boxes(row, list)).flat();
};
const allRows = (rows: ReturnType<typeof createRows>) =>
  Array.from({ length: rows.count }, (_, row) => rows.at(row));

it('keeps every picture in the width, in its proportions, and above the end', () => {
  fc.assert(
    fc.property(ratios, widths, (list, width) => {
      const boxes = allBoxes(list, shapeOf(width));
      const { height } = laidOut(list, shapeOf(width));
      expect(boxes).toHaveLength(list.length);
      for (const [index, box] of boxes.entries()) {
        expect(box.left + box.width).toBeLessThanOrEqual(width);
        expect(box.top + box.height).toBeLessThanOrEqual(height);
        // Whole pixels: half of one is lost or won at each side.
        expect(Math.abs(box.width - (list[index] ?? 0) * box.height)).toBeLessThan(3);
      }
    }),
  );
});

it('fills every row but the last, which keeps the usual height', () => {
  const boxes = allBoxes([1.5, 1.5, 1.5, 1.5, 1], { width: 900, rowHeight: 200, gap: 0 });

  const rows = Object.values(Object.groupBy(boxes, ({ top }) => String(top)));
  expect(rows.map((row = []) => row.reduce((sum, { width }) => sum + width, 0))).toEqual([900, 500]);
  expect(boxes.at(-1)?.height).toBe(200);
});

it('closes a row before a picture that would make it far too low', () => {
  const rows = laidOut([2, 2.2, 3, 1], { width: 900, rowHeight: 200, gap: 0 });

  expect(rows.at(0)).toMatchObject({ count: 2, height: 214 });
});

it('comes to the same rows whether it lays out all or only what has changed', () => {
  fc.assert(
    fc.property(ratios, ratios, fc.nat(), widths, (list, more, place, width) => {
      const rows = laidOut(list, shapeOf(width));
      const longer = [...list, ...more];
      rows.layOut(longer, list.length);
      expect(allRows(rows)).toEqual(allRows(laidOut(longer, shapeOf(width))));

      const from = longer.length === 0 ? 0 : place % longer.length;
      const other = [...longer.slice(0, from), ...longer.slice(from + 1).toReversed()];
      rows.layOut(other, from);
      expect(allRows(rows)).toEqual(allRows(laidOut(other, shapeOf(width))));
    }),
  );
});

it('finds the rows within a range, and the row of a picture', () => {
  fc.assert(
    fc.property(ratios, widths, fc.nat(4000), fc.nat(2000), (list, width, top, range) => {
      const rows = laidOut(list, shapeOf(width));
      const [first, end] = rows.between(top, top + range);
      for (const [index, row] of allRows(rows).entries()) {
        const isWithin = (row?.top ?? 0) < top + range && (row?.top ?? 0) + (row?.height ?? 0) > top;
        if (isWithin) expect(index >= first && index < end).toBe(true);
        expect(rows.of(row?.first ?? 0)).toBe(index);
      }
      expect(end - first).toBeLessThanOrEqual(range / 50 + 3);
    }),
  );
});

it('looks at no more rows of 100,000 pictures than are near', () => {
  const list = Array.from({ length: 100_000 }, (_, index) => 0.6 + ((index * 7) % 20) / 10);
  const rows = laidOut(list, { width: 1184, rowHeight: 240, gap: 8 });

  const [first, end] = rows.between(rows.height / 2, rows.height / 2 + 2700);

  expect(rows.height).toBeGreaterThan(2_000_000);
  expect(end - first).toBeLessThan(20);
});
