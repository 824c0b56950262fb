// POST /uploads: a record that awaits its original, and the answer that goes with it.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SignUpload } from '../../../shared/api/ports.ts';
import { Problem } from '../../../shared/api/problem.ts';
import { createUpload } from '../../../shared/api/uploads/create-upload.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';
import { createMemoryLedger } from '../../support/memory/owner-ledger.ts';
import { noLimits } from '../../support/quotas.ts';

const now = new Date('2026-11-02T09:15:30.123Z');
const expiresAt = '2026-11-02T09:30:30.123Z';

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function world() {
  const signed: Parameters<SignUpload>[] = [];
  const { table } = createMemoryImages();
  const ledger = createMemoryLedger();
  const upload = {
    method: 'PUT',
    url: 'https://upload',
    headers: { 'if-none-match': '*' },
    expiresAt,
  } as const;
  const sign: SignUpload = async (...order) => {
    signed.push(order);
    return upload;
  };
  return { table, ledger, limits: noLimits, sign, signed, upload, maxBytes: 1000 };
}

it('answers with a new image and a URL that was signed for what was asked', async () => {
  const dependencies = world();

  const answer = await createUpload(dependencies, 'owner', {
    ...{ contentType: 'image/jpg', contentLength: 1000, fileName: 'IMG_1.jpg' },
  });

  const [[imageId, request, at] = []] = dependencies.signed;
  expect(imageId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(request).toEqual({ contentType: 'image/jpeg', contentLength: 1000, fileName: 'IMG_1.jpg' });
  expect(at).toEqual(now);
  expect(answer).toEqual({
    status: 201,
    body: { imageId, status: 'awaiting-upload', upload: dependencies.upload },
    headers: { location: `/images/${imageId}` },
  });
});

it('stores what was promised, as the caller’s', async () => {
  const dependencies = world();

  await createUpload(dependencies, 'owner', {
    ...{ contentType: 'image/png', contentLength: 5, fileName: 'IMG_1.png' },
  });

  const imageId = dependencies.signed[0]?.[0] ?? '';
  expect(await dependencies.table.get(imageId)).toMatchObject({
    ...{ imageId, ownerId: 'owner', createdAt: now.toISOString(), updatedAt: now.toISOString() },
    ...{ fileName: 'IMG_1.png', upload: { expiresAt }, charge: { bytes: 5 } },
  });
});

it('stores no file name when none was given', async () => {
  const dependencies = world();

  await createUpload(dependencies, 'owner', { contentType: 'image/png', contentLength: 5 });

  expect(await dependencies.table.get(dependencies.signed[0]?.[0] ?? '')).not.toHaveProperty('fileName');
});

it('gives every image an ID of its own', async () => {
  const dependencies = world();

  for (let time = 0; time < 3; time += 1) {
    await createUpload(dependencies, 'owner', { contentType: 'image/png', contentLength: 5 });
  }

  expect(new Set(dependencies.signed.map(([imageId]) => imageId)).size).toBe(3);
});

it('signs and stores nothing for a request that is refused', async () => {
  const dependencies = world();

  const request = createUpload(dependencies, 'owner', { contentType: 'image/png', contentLength: 1001 });

  await expect(request).rejects.toThrow(Problem);
  expect(dependencies.signed).toEqual([]);
});

it('answers only once the record is stored, so that no upload finds it missing', async () => {
  const dependencies = world();
  const failing = {
    ...dependencies,
    table: { ...dependencies.table, create: () => Promise.reject(new Error('no table')) },
  };

  await expect(
    createUpload(failing, 'owner', { contentType: 'image/png', contentLength: 5 }),
  ).rejects.toThrow('no table');
});
