// POST /uploads at the limit of a quota: nothing is issued that is not counted, whoever else asks meanwhile.

import { expect, it } from 'vitest';
import type { OwnerLedger, RequestedImage } from '../../../shared/api/ports.ts';
import { createUpload } from '../../../shared/api/uploads/create-upload.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';
import { createMemoryLedger } from '../../support/memory/owner-ledger.ts';

const limits = { openUploads: 9, images: 2, bytes: 1000, rejectedPerHour: 5 };
const other = { imageId: 'other', bytes: 5 };

function world() {
  const memory = createMemoryImages();
  const kept = createMemoryLedger();
  const stored: RequestedImage[] = [];
  const firsts: boolean[] = [];
  let reserve: OwnerLedger['reserve'] = kept.reserve;
  const table = {
    async create(record: RequestedImage) {
      stored.push(record);
      await memory.table.create(record);
    },
    withdraw: memory.table.withdraw,
  };
  const ledger: Pick<OwnerLedger, 'read' | 'reserve'> = {
    read: kept.read,
    reserve(...given) {
      firsts.push(given[3]);
      return reserve(...given);
    },
  };
  const sign = async () => ({
    ...{ method: 'PUT' as const, url: 'https://upload', headers: {} },
    expiresAt: '2026-11-02T09:30:30.123Z',
  });
  return {
    ...{ kept, stored, firsts },
    upload: () =>
      createUpload({ table, ledger, limits, sign, maxBytes: 1000 }, 'owner', {
        ...{ contentType: 'image/png', contentLength: 5 },
      }),
    reserveBy(other: OwnerLedger['reserve']) {
      reserve = other;
    },
    record: () => memory.table.get(stored[0]?.imageId ?? ''),
  };
}

it('counts an image before its URL is issued: the first of an owner, and others', async () => {
  const { upload, kept, stored, firsts } = world();

  await upload();
  await upload();

  const [one, two] = stored.map(({ imageId }) => imageId);
  expect(await kept.read('owner')).toMatchObject({
    ...{ images: 2, bytes: 10, open: { [one ?? '']: 5, [two ?? '']: 5 } },
  });
  expect(firsts).toEqual([true, false]);
});

it('refuses whoever has no room, without a write', async () => {
  const { upload, stored, firsts } = world();
  await upload();
  await upload();

  await expect(upload()).rejects.toMatchObject({
    code: 'quota-exceeded',
    message: expect.stringContaining('2 of 2 images'),
  });
  expect([stored.length, firsts.length]).toEqual([2, 2]);
});

it('takes the image back where others have taken the room meanwhile', async () => {
  const { upload, reserveBy, kept, record, firsts } = world();
  reserveBy(async (ownerId, image, all, isFirst) => {
    for (const imageId of ['one', 'two']) await kept.reserve(ownerId, { ...other, imageId }, all, true);
    return kept.reserve(ownerId, image, all, isFirst);
  });

  await expect(upload()).rejects.toMatchObject({
    code: 'quota-exceeded',
    message: expect.stringContaining('2 of 2 images'),
  });
  expect(await record()).toMatchObject({ expired: true });
  expect(firsts).toEqual([true]);
});

it('tries again where there is room after all', async () => {
  const { upload, reserveBy, kept, firsts } = world();
  let attempts = 0;
  reserveBy(async (ownerId, image, all, isFirst) => {
    attempts += 1;
    if (attempts > 1) return kept.reserve(ownerId, image, all, isFirst);
    await kept.reserve(ownerId, other, all, true);
    return false;
  });

  expect(await upload()).toMatchObject({ status: 201 });
  expect(firsts).toEqual([true, false]);
  expect(await kept.read('owner')).toMatchObject({ images: 2 });
});

it('gives in after three attempts, and asks for patience', async () => {
  const { upload, reserveBy, record, firsts } = world();
  reserveBy(async () => false);

  await expect(upload()).rejects.toMatchObject({
    code: 'quota-exceeded',
    message: expect.stringContaining('0 of 9 uploads'),
    headers: { 'retry-after': '15' },
  });
  expect(firsts).toHaveLength(3);
  expect(await record()).toMatchObject({ expired: true });
});

it('knows an image that was counted, where the answer to that was lost', async () => {
  const { upload, reserveBy, kept, record } = world();
  reserveBy(async (...given) => {
    await kept.reserve(...given);
    return false;
  });

  expect(await upload()).toMatchObject({ status: 201 });
  expect(await kept.read('owner')).toMatchObject({ images: 1 });
  expect(await record()).not.toHaveProperty('expired');
});

it('leaves the image as it is where nobody knows whether it was counted', async () => {
  const { upload, reserveBy, record } = world();
  reserveBy(() => Promise.reject(new Error('no ledger')));

  await expect(upload()).rejects.toThrow('no ledger');
  expect(await record()).not.toHaveProperty('expired');
});
