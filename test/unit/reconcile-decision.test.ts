import { describe, expect, it } from 'vitest';
import { decide } from '../../shared/reconcile/decide.ts';
import { processing, taskRecord } from '../support/image-records.ts';

describe('decide', () => {
  const now = new Date();

  it('finds nothing to do for an image that is gone or not listed', () => {
    expect(decide(undefined, now)).toEqual({ kind: 'not-due' });
    const { overdueAt: _at, overdueShard: _shard, ...unlisted } = processing();
    expect(decide(unlisted, now)).toEqual({ kind: 'not-due' });
  });

  it('names every task that is not settled', () => {
    const record = processing({ metadataTask: taskRecord() });

    expect(decide(record, now)).toEqual({ kind: 'work-overdue', unsettled: ['renditions', 'metadata'] });
  });
});
