// An image that no URL was issued for after all: kept for a day, for whoever still has its message or its ID.

import { afterEach, expect, it, vi } from 'vitest';
import { createImageTable } from '../../../shared/aws/image-table.ts';
import { createRecordedClients } from '../support/recorded-clients.ts';

const now = new Date('2026-11-02T09:00:00.999Z');
const [wholeSeconds, day] = [Math.floor(now.getTime() / 1000), 24 * 60 * 60];

afterEach(() => {
  vi.unstubAllEnvs();
});

it('is gone after a day', async () => {
  const clients = createRecordedClients();

  await createImageTable(clients.table, 'images', { clock: () => now }).withdraw('one');

  const [sent] = clients.sent.map(({ body }) => JSON.parse(body));
  expect(sent.ExpressionAttributeValues).toMatchObject({
    ':set_updatedAt': { N: String(now.getTime()) },
    ':set_expiresAtSeconds': { N: String(wholeSeconds + day) },
  });
});
