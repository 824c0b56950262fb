// What a client is told that has no room: which quota it is, how much of it is used, and when to ask again.

import { expect, it } from 'vitest';
import { quotaExceeded } from '../../../shared/api/quota-exceeded.ts';
import type { Quota } from '../../../shared/domain/quota.ts';

const used = { openUploads: 1, images: 2, bytes: 3, rejectedPerHour: 4 };
const limits = { openUploads: 10, images: 20, bytes: 30, rejectedPerHour: 40 };
const now = new Date('2026-11-02T09:59:30.500Z');

it.each<[Quota, string, string]>([
  [
    'openUploads',
    '1 of 10 uploads whose work has not ended: there is no room for this one. Upload what you asked to upload, or wait until it expires.',
    '15',
  ],
  ['images', '2 of 20 images: there is no room for this one. Delete images that are not needed.', '60'],
  [
    'bytes',
    '3 of 30 bytes of originals: there is no room for this one. Delete images that are not needed.',
    '60',
  ],
  [
    'rejectedPerHour',
    '4 of 40 files rejected within the hour: there is no room for this one. Look at what was wrong with them, and wait for the next hour.',
    '30',
  ],
])('says of %s what is used, and what to do', (quota, message, retryAfter) => {
  expect(quotaExceeded(quota, used, limits, now)).toMatchObject({
    ...{ code: 'quota-exceeded', message, errors: [], headers: { 'retry-after': retryAfter } },
  });
});
