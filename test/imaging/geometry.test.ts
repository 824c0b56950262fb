import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Variant } from '../../shared/domain/variants.ts';
import { targetOf } from '../../shared/imaging/inspect/geometry.ts';

const variant = (fit: Variant['fit'], width: number, height = width): Variant => ({
  name: 'v',
  width,
  height,
  fit,
  formats: ['webp'],
});
const sides = fc.integer({ min: 1, max: 70_000 });
const boxes = fc.integer({ min: 1, max: 4_000 });

describe('the dimensions of a rendition', () => {
  it.each([
    [4032, 3024, variant('inside', 1600), 1600, 1200],
    [3024, 4032, variant('inside', 1600), 1200, 1600],
    [4288, 2848, variant('inside', 800), 800, 531],
    [100, 50, variant('inside', 800), 100, 50],
    [65_500, 1, variant('inside', 160), 160, 1],
    [4032, 3024, variant('cover', 160), 160, 160],
    [100, 50, variant('cover', 160), 50, 50],
    [400, 100, variant('cover', 320, 160), 200, 100],
  ])('are those of %i x %i in its box', (width, height, box, expectedWidth, expectedHeight) => {
    expect(targetOf({ width, height }, box)).toMatchObject({ width: expectedWidth, height: expectedHeight });
  });

  it('never enlarge, never vanish, never leave the box', () => {
    fc.assert(
      fc.property(
        sides,
        sides,
        boxes,
        boxes,
        fc.constantFrom('inside', 'cover'),
        (width, height, boxWidth, boxHeight, fit) => {
          const target = targetOf({ width, height }, variant(fit, boxWidth, boxHeight));
          expect(target.width).toBeGreaterThanOrEqual(1);
          expect(target.height).toBeGreaterThanOrEqual(1);
          expect(target.width).toBeLessThanOrEqual(Math.min(width, boxWidth));
          expect(target.height).toBeLessThanOrEqual(Math.min(height, boxHeight));
          expect(target.scale).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
