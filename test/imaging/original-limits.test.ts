import { describe, expect, it } from 'vitest';
import { bufferSource } from '../../shared/imaging/inspect/byte-source.ts';
import type { InspectedFile } from '../../shared/imaging/inspect/inspect.ts';
import { enforceScanLimit } from '../../shared/imaging/inspect/jpeg-scans.ts';
import { defaultLimits, enforceLimits, isDrawnAnimated } from '../../shared/imaging/inspect/limits.ts';

const still: InspectedFile = {
  format: 'gif',
  stored: { width: 1000, height: 1000 },
  color: 'rgb',
  hasAlpha: false,
  frames: 1,
  decodeBytesPerPixel: 8,
  notes: [],
};

const enforced = (changes: Partial<InspectedFile>) => () =>
  enforceLimits({ ...still, ...changes }, defaultLimits);
const isAnimated = (changes: Partial<InspectedFile>) =>
  isDrawnAnimated({ ...still, ...changes }, defaultLimits);

describe('an original at its limits', () => {
  it('has a hundred megapixels, and not one pixel more', () => {
    const decodeBytesPerPixel = 1;
    expect(enforced({ stored: { width: 100_000_000, height: 1 }, decodeBytesPerPixel })).not.toThrow();
    expect(enforced({ stored: { width: 100_000_001, height: 1 }, decodeBytesPerPixel })).toThrow('pixels');
  });

  it('needs 620 MB of memory to be decoded, and not one byte more', () => {
    const stored = { width: 62_000, height: 1000 };
    expect(enforced({ stored, decodeBytesPerPixel: 10 })).not.toThrow();
    expect(enforced({ stored, decodeBytesPerPixel: 10 + 1 / 62_000_000 })).toThrow('memory');
  });

  it('has two thousand frames, and not one more', () => {
    expect(enforced({ frames: 2000 })).not.toThrow();
    expect(enforced({ frames: 2001 })).toThrow('2001 frames');
  });

  it('moves with three hundred frames and forty megapixels in all, and shows its first frame beyond either', () => {
    const stored = { width: 100, height: 100 };
    expect(isAnimated({ stored, frames: 300 })).toBe(true);
    expect(isAnimated({ stored, frames: 301 })).toBe(false);
    expect(isAnimated({ stored: { width: 2_000_000, height: 1 }, frames: 20 })).toBe(true);
    expect(isAnimated({ stored: { width: 2_000_001, height: 1 }, frames: 20 })).toBe(false);
  });

  it('moves only where its format does, and where there is more than one frame', () => {
    expect(isAnimated({ frames: 1 })).toBe(false);
    expect(isAnimated({ frames: 2 })).toBe(true);
    expect(isAnimated({ format: 'webp', frames: 2 })).toBe(true);
    for (const format of ['png', 'tiff', 'avif'] as const)
      expect(isAnimated({ format, frames: 2 })).toBe(false);
  });

  it('has six thousand megapixels of scans when it is progressive, and not one scan more', async () => {
    const scans = (count: number) => bufferSource(Buffer.alloc(count * 2, Buffer.from([0xff, 0xda])));
    const jpeg = {
      ...still,
      format: 'jpeg',
      isProgressive: true,
      stored: { width: 20_000, height: 1000 },
    } as const;
    await expect(enforceScanLimit(scans(300), jpeg, defaultLimits)).resolves.toBeUndefined();
    await expect(enforceScanLimit(scans(301), jpeg, defaultLimits)).rejects.toMatchObject({
      code: 'too-expensive',
    });
    const baseline = { ...jpeg, isProgressive: false };
    await expect(enforceScanLimit(scans(301), baseline, defaultLimits)).resolves.toBeUndefined();
  });
});
