// GET /usage: the caller's quotas, and what is used of them.

import { expect, it } from 'vitest';
import { getUsage } from '../../../shared/api/usage/get-usage.ts';
import { createMemoryLedger } from '../../support/memory/owner-ledger.ts';

const limits = { openUploads: 3, images: 10, bytes: 1000, rejectedPerHour: 5 };

it('tells what is used of each quota, and of nobody else’s', async () => {
  const ledger = createMemoryLedger();
  for (const imageId of ['one', 'two']) await ledger.reserve('owner', { imageId, bytes: 200 }, limits, true);
  await ledger.close('owner', 'one');
  await ledger.reserve('owner', { imageId: 'three', bytes: 50 }, limits, false);
  await ledger.release('owner', { imageId: 'three', bytes: 50, changeId: 'change' }, { isRejection: true });

  expect(await getUsage({ ledger, limits }, 'owner')).toEqual({
    status: 200,
    body: {
      openUploads: { used: 1, limit: 3 },
      images: { used: 2, limit: 10 },
      bytes: { used: 400, limit: 1000 },
      rejectedPerHour: { used: 1, limit: 5 },
    },
  });
  expect(await getUsage({ ledger, limits }, 'somebody')).toMatchObject({
    body: { images: { used: 0, limit: 10 }, rejectedPerHour: { used: 0, limit: 5 } },
  });
});
