// The adapters of the images table with a recorder in place of DynamoDB.

import { afterEach, beforeEach, vi } from 'vitest';
import { createImageTable } from '../../../shared/aws/image-table.ts';
import { createOverdueTable } from '../../../shared/aws/overdue-table.ts';
import {
  createRecordedClients,
  jsonError,
  type RecordedClients,
  type WireAnswer,
} from './recorded-clients.ts';

export const now = new Date('2026-11-02T09:00:00.999Z');
export const refused = jsonError('ConditionalCheckFailedException', 'The conditional request failed');
export const throttled = jsonError('ThrottlingException', 'too fast');

/** An answer as DynamoDB writes it. */
export const answered = (item: object): WireAnswer => ({
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(item),
});

function createTables() {
  const clients = createRecordedClients();
  return {
    clients,
    table: createImageTable(clients.table, 'images', { clock: () => now }),
    overdue: createOverdueTable(clients.table, 'images'),
    /** The operations that were called, and what each was given. */
    sent: () => sentOf(clients),
  };
}

function sentOf({ sent }: RecordedClients): [string | undefined, Record<string, unknown>][] {
  return sent.map(({ headers, body }) => [headers['x-amz-target']?.split('.')[1], JSON.parse(body)]);
}

/** Tables of its own for every test of the file. */
export function useRecordedTables(): () => ReturnType<typeof createTables> {
  let tables: ReturnType<typeof createTables>;
  beforeEach(() => {
    tables = createTables();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  return () => tables;
}
