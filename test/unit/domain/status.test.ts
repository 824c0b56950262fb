// The status of an image follows from its tasks, and only from those of the original that is there now.

import { describe, expect, it } from 'vitest';
import { normalizeSequencer } from '../../../shared/domain/events/sequencer.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { failureOf, isSettled, settledStatuses, statuses, statusOf } from '../../../shared/domain/status.ts';
import type { TaskRecord } from '../../../shared/domain/tasks.ts';
import { overdue, ready, taskRecord } from '../../support/image-records.ts';

type State = TaskRecord['state'];

const older = normalizeSequencer('0055');
const reason = { code: 'corrupt-image', message: 'premature end' } as const;

/** An image two of whose tasks have come so far, any others being done; undefined has not begun. */
function imageWith(renditions?: State, metadata?: State, changes: Partial<ImageRecord> = {}): ImageRecord {
  const { renditionsTask: _renditions, metadataTask: _metadata, ...others } = ready();
  return {
    ...others,
    ...(renditions && { renditionsTask: taskRecord({ state: renditions }) }),
    ...(metadata && { metadataTask: taskRecord({ state: metadata }) }),
    ...changes,
  };
}

describe('statusOf', () => {
  it.each<[string, ImageRecord]>([
    ['awaiting-upload', overdue()],
    ['expired', overdue({ expired: true })],
    ['processing', imageWith()],
    ['processing', imageWith('done')],
    ['processing', imageWith('running', 'done')],
    ['processing', imageWith('done', 'running')],
    ['ready', imageWith('done', 'done')],
    ['failed', imageWith('failed', 'done')],
    ['failed', imageWith('running', 'failed')],
    ['failed', imageWith(undefined, 'failed')],
    ['rejected', imageWith('rejected', 'running')],
    ['rejected', imageWith('failed', 'rejected')],
    ['rejected', imageWith('rejected', 'failed')],
    ['deleted', imageWith('done', 'done', { removed: { messageId: 'm', receiveCount: 1 } })],
    ['deleted', imageWith('rejected', undefined, { removed: { messageId: 'm', receiveCount: 1 } })],
  ])('is %s', (status, record) => {
    expect(statusOf(record)).toBe(status);
  });

  it('counts nothing that was done of an earlier original', () => {
    const stale = taskRecord({ state: 'done', sequencer: older });

    expect(statusOf(imageWith('done', undefined, { metadataTask: stale }))).toBe('processing');
    expect(statusOf(imageWith('done', 'done', { renditionsTask: { ...stale, state: 'rejected' } }))).toBe(
      'processing',
    );
  });

  it('is processing once the original has arrived, though the URL had run out', () => {
    expect(statusOf(imageWith('running', undefined, { expired: true }))).toBe('processing');
  });
});

describe('isSettled', () => {
  it('holds for images that wait for nothing any more', () => {
    expect(statuses).toEqual([
      ...['awaiting-upload', 'processing', 'ready', 'rejected', 'failed', 'expired', 'deleted'],
    ]);
    expect(statuses.filter(isSettled)).toEqual(['ready', 'rejected', 'failed', 'deleted']);
    expect(settledStatuses).toEqual(['ready', 'rejected', 'failed', 'deleted']);
    expect(isSettled('lost')).toBe(false);
  });
});

describe('failureOf', () => {
  const failedTask = (state: State) => taskRecord({ state, failure: reason });

  it.each(['rejected', 'failed'] as const)('tells why an image is %s, and of which task', (state) => {
    const record = imageWith('done', undefined, { metadataTask: failedTask(state) });

    expect(failureOf(record)).toEqual({ ...reason, task: 'metadata' });
  });

  it('tells of the rejection where another task failed', () => {
    const outage = { code: 'internal', message: 'no memory' } as const;
    const record = imageWith(undefined, undefined, {
      renditionsTask: taskRecord({ state: 'failed', failure: outage }),
      metadataTask: failedTask('rejected'),
    });

    expect(failureOf(record)).toEqual({ ...reason, task: 'metadata' });
  });

  it('tells of the task that has a reason, where both were rejected', () => {
    const record = imageWith('rejected', undefined, { metadataTask: failedTask('rejected') });

    expect(failureOf(record)).toEqual({ ...reason, task: 'metadata' });
  });

  it('tells why an image failed of which another task has not begun', () => {
    expect(failureOf(imageWith(undefined, undefined, { metadataTask: failedTask('failed') }))).toEqual({
      ...{ ...reason, task: 'metadata' },
    });
  });

  it('tells nothing where no reason is recorded', () => {
    expect(failureOf(imageWith('rejected', 'running'))).toBeUndefined();
  });

  it.each<[string, ImageRecord]>([
    ['ready', imageWith('done', 'done')],
    ['processing', imageWith('running', undefined, { metadataTask: taskRecord({ failure: reason }) })],
    [
      'deleted',
      imageWith(undefined, undefined, {
        ...{ renditionsTask: failedTask('rejected'), removed: { messageId: 'm', receiveCount: 1 } },
      }),
    ],
    [
      'processing a newer original',
      imageWith('done', undefined, { metadataTask: { ...failedTask('rejected'), sequencer: older } }),
    ],
  ])('tells nothing of an image that is %s', (_what, record) => {
    expect(failureOf(record)).toBeUndefined();
  });
});
