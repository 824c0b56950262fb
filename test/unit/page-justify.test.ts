// Rows of the gallery.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { justify } from '../../web/src/gallery/justify.ts';

const ratios = fc.array(fc.double({ min: 0.5, max: 3, noNaN: true }), { maxLength: 60 });

it('keeps every picture in the width, in its proportions, and above the end', () => {
  fc.assert(
    fc.property(ratios, fc.integer({ min: 300, max: 2000 }), (list, width) => {
      const { boxes, height } = justify(list, width, 200, 8);
      expect(boxes).toHaveLength(list.length);
      for (const [index, box] of boxes.entries()) {
        expect(box.left + box.width).toBeLessThanOrEqual(width + 0.01);
        expect(box.top + box.height).toBeLessThanOrEqual(height + 0.01);
        expect(box.width / box.height).toBeCloseTo(list[index] ?? 0, 5);
      }
    }),
  );
});

it('fills every row but the last, which keeps the usual height', () => {
  const { boxes } = justify([1.5, 1.5, 1.5, 1.5, 1], 900, 200, 0);

  const rows = Object.values(Object.groupBy(boxes, ({ top }) => String(top)));
  expect(rows.map((row = []) => Math.round(row.reduce((sum, { width }) => sum + width, 0)))).toEqual([
    900, 500,
  ]);
  expect(boxes.at(-1)?.height).toBe(200);
});
