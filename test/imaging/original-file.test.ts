import { fstatSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { psnrOf } from '../../scripts/bench/render/quality.ts';
import type { Original } from '../../shared/imaging/contract.ts';
import { bufferSource, pieces } from '../../shared/imaging/inspect/byte-source.ts';
import { countScans } from '../../shared/imaging/inspect/jpeg-scans.ts';
import { defaultLimits } from '../../shared/imaging/inspect/limits.ts';
import { OriginalFile, originalIn } from '../../shared/imaging/isolation/original-file.ts';
import { render } from '../../shared/imaging/render/render.ts';
import { decoded, landscape, whole } from './samples.ts';

const side = 400;

async function developed(original: Original) {
  const { renditions } = await render(original, whole(side), defaultLimits);
  return decoded(renditions[0]?.body ?? Buffer.alloc(0));
}

describe('the file of an original', () => {
  let file: OriginalFile;
  beforeEach(() => {
    file = new OriginalFile();
  });
  afterEach(() => file.close());

  const handedOver = (bytes: Uint8Array) => {
    file.write(bytes);
    return originalIn(file.descriptor, bytes.byteLength);
  };

  it('has no name that could stay behind', () => {
    const names = readdirSync(tmpdir());
    handedOver(Buffer.from('original'));
    expect(
      readdirSync(tmpdir()).filter((name) => !names.includes(name) && name.startsWith('darkroom-')),
    ).toEqual([]);
  });

  it('holds the latest original and nothing of a longer one before it', async () => {
    handedOver(Buffer.from('a longer one'));
    const original = handedOver(Buffer.from('latest'));
    expect(Buffer.from(await original.read(2, 100)).toString()).toBe('test');
    expect(await original.read(6, 1)).toHaveLength(0);
    expect(fstatSync(file.descriptor).size).toBe(6);
  });

  it('keeps the room of a photo for the next one, and gives back what is larger', () => {
    const megabyte = 1024 * 1024;
    for (const [original, kept] of [
      [3, 3],
      [40, 16],
    ] as const) {
      file.write(Buffer.alloc(original * megabyte, 1));
      file.trim();
      expect(fstatSync(file.descriptor).size).toBe(kept * megabyte);
    }
  });

  it('refuses to be written once it is closed', () => {
    file.close();
    expect(() => file.write(Buffer.from('late'))).toThrow('closed');
  });

  it.each([1, 6, 7])(
    'halves a JPEG of orientation %d while it is decoded, with no visible loss',
    async (orientation) => {
      const photo = await landscape(1000, 700).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();

      const [fromFile, fromMemory] = [
        await developed(handedOver(photo)),
        await developed(bufferSource(photo)),
      ];

      expect(psnrOf(fromFile, fromMemory)).toBeGreaterThan(41);
      // Where files have no names to add load options to, everything is decoded at full size.
      if (process.platform === 'linux') expect(fromFile.data).not.toEqual(fromMemory.data);
    },
  );

  it('is found out when the picture in it is cut off', async () => {
    const photo = await landscape(1000, 700).jpeg({ quality: 95 }).toBuffer();
    // What is cut off must not be taken from the original before it.
    await developed(handedOver(photo));
    await expect(developed(handedOver(photo.subarray(0, photo.length / 2)))).rejects.toMatchObject({
      code: 'corrupt-image',
    });
  });
});

it('counts scans across the borders of pieces', async () => {
  const pieceBytes = 256 * 1024;
  const bytes = Buffer.alloc(2 * pieceBytes + 10);
  for (const at of [0, pieceBytes - 1, 2 * pieceBytes]) bytes.set([0xff, 0xda], at);

  const lengths: number[] = [];
  for await (const piece of pieces(bufferSource(bytes))) lengths.push(piece.length);

  expect(lengths).toEqual([pieceBytes, pieceBytes, 10]);
  expect(await countScans(bufferSource(bytes))).toBe(3);
});
