// What an image's record means, and what is to be done next.

import { describe, expect, it } from 'vitest';
import { situationOf } from '../../../scripts/image/situation.ts';
import { normalizeSequencer } from '../../../shared/domain/events/sequencer.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import type { TaskRecord } from '../../../shared/domain/tasks.ts';

const now = new Date('2026-11-02T09:00:00.000Z');
const sequencer = normalizeSequencer('0055');
const imageId = '0199a3c4-7b1e-7c2d-8f3a-000000000001';
const base: ImageRecord = { imageId, ownerId: 'own-1', updatedAt: now.toISOString() };
const task = (changes: Partial<TaskRecord>): TaskRecord => ({
  ...{
    state: 'done',
    sequencer,
    revision: '1',
    attemptId: 'a',
    messageId: 'm',
    receiveCount: 1,
    leaseUntil: 0,
  },
  ...changes,
});
const failure = { code: 'dependency-unavailable', message: 'S3 is away' } as const;
const known = { putAside: 0, hasOriginal: true, place: ' --stage prod' };

const of = (record: Partial<ImageRecord>, changes: Partial<typeof known> = {}) =>
  situationOf({ ...base, ...record }, { ...known, ...changes }, now);

describe('what is to be done about an image', () => {
  it.each<[string, Partial<ImageRecord>, Partial<typeof known>, string, string | undefined]>([
    [
      'that is ready',
      { sequencer, renditionsTask: task({}), metadataTask: task({}) },
      {},
      'nothing',
      undefined,
    ],
    [
      'that nobody uploaded yet',
      { upload: { expiresAt: '2026-11-02T09:15:00.000Z' } },
      { hasOriginal: false },
      'nothing',
      undefined,
    ],
    [
      'whose event never came',
      { upload: { expiresAt: '2026-11-02T09:15:00.000Z' } },
      {},
      'publish again',
      `npm run image -- retry ${imageId} --stage prod --yes`,
    ],
    [
      'that failed and is in a DLQ',
      { sequencer, renditionsTask: task({ state: 'failed', failure }), metadataTask: task({}) },
      { putAside: 1 },
      'redrive',
      `npm run dlq -- redrive --image ${imageId} --stage prod --yes`,
    ],
    [
      'that failed and of which no message is left',
      { sequencer, renditionsTask: task({ state: 'failed', failure }), metadataTask: task({}) },
      {},
      'publish again',
      `npm run image -- retry ${imageId} --stage prod --yes`,
    ],
    [
      'that failed and whose original is gone',
      { sequencer, renditionsTask: task({ state: 'failed', failure }), metadataTask: task({}) },
      { hasOriginal: false },
      'nothing',
      undefined,
    ],
    [
      'that is overdue',
      { sequencer, overdueAt: '2026-11-02T08:00:00.000Z', renditionsTask: task({ state: 'running' }) },
      {},
      'nothing',
      'npm run reconcile -- --stage prod',
    ],
    ['that is deleted', { removed: { byOwner: true } }, {}, 'nothing', undefined],
    ['that has expired', { expired: true }, { hasOriginal: false }, 'nothing', undefined],
  ])('%s', (_what, record, changes, retry, command) => {
    const situation = of(record, changes);

    expect(situation.retry).toBe(retry);
    expect(situation.command).toBe(command);
  });

  it('says who works on it and until when', () => {
    const leaseUntil = now.getTime() + 60_000;

    const { says } = of({
      sequencer,
      renditionsTask: task({ state: 'running', receiveCount: 2, leaseUntil }),
    });

    expect(says).toBe('It is being worked on: renditions (receive 2, until 2026-11-02T09:01:00.000Z).');
  });

  it('says in whose queue its message must be when nobody has it', () => {
    const { says } = of({ sequencer, renditionsTask: task({}) });

    expect(says).toContain('waits in the queue of metadata');
  });
});
