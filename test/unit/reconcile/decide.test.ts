// What an overdue image needs, told from its record alone.

import { describe, expect, it } from 'vitest';
import { imageEventOf } from '../../../shared/domain/events/image-event.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import type { TaskRecord } from '../../../shared/domain/tasks.ts';
import { decide } from '../../../shared/reconcile/decide.ts';
import { overdue, processing, ready, taskRecord } from '../../support/image-records.ts';

const now = new Date();
const removed = { messageId: 'm', receiveCount: 1 };
const announced = (record: ImageRecord) => ({ ...record, announced: imageEventOf(record)?.eventId ?? '' });
const ended = (state: TaskRecord['state']) => processing({ renditionsTask: taskRecord({ state }) });

describe('decide', () => {
  it('finds nothing to do for an image that is gone or not listed', () => {
    expect(decide(undefined, now)).toEqual({ kind: 'not-due' });
    const { overdueAt: _at, overdueShard: _shard, ...unlisted } = processing();
    expect(decide(unlisted, now)).toEqual({ kind: 'not-due' });
  });

  it('finds nothing to do until the very moment that an image is overdue', () => {
    const at = (milliseconds: number) =>
      decide(overdue({ overdueAt: new Date(now.getTime() + milliseconds).toISOString() }), now);

    expect(at(1)).toEqual({ kind: 'not-due' });
    expect(at(0)).toEqual({ kind: 'upload-overdue' });
    expect(at(-1)).toEqual({ kind: 'upload-overdue' });
  });

  it('names every task that is not settled', () => {
    expect(decide(processing({ metadataTask: taskRecord() }), now)).toEqual({
      kind: 'work-overdue',
      unsettled: ['renditions', 'metadata'],
    });
    expect(decide(processing(), now)).toEqual({ kind: 'work-overdue', unsettled: ['renditions'] });
  });

  it('leaves work alone until its retries must have ended', () => {
    const until = (milliseconds: number) =>
      decide(processing({ retriesEndAt: now.getTime() + milliseconds }), now);

    expect(until(1)).toEqual({ kind: 'retrying', until: new Date(now.getTime() + 1) });
    expect(until(0)).toMatchObject({ kind: 'work-overdue' });
  });

  it.each<[string, ImageRecord, string]>([
    ['a ready image that nobody was told of', ready(), 'unannounced'],
    ['a ready image that was announced', announced(ready()), 'settled'],
    ['a rejected image that nobody was told of', ended('rejected'), 'unannounced'],
    ['a rejected image that was announced', announced(ended('rejected')), 'settled'],
    ['a failed image that nobody was told of', ended('failed'), 'unannounced'],
    ['a failed image that was announced', announced(ended('failed')), 'settled'],
    ['a ready image that was announced as something else', ready({ announced: 'before' }), 'unannounced'],
    ['a removed image that nobody was told of', overdue({ removed }), 'uncleared'],
    ['a removed image that was announced', announced(overdue({ removed })), 'uncleared'],
    ['an image that its owner deleted', overdue({ removed: { byOwner: true } }), 'uncleared'],
    ['an expired image that still counts', overdue({ expired: true }), 'unreleased'],
  ])('takes %s as it is', (_what, record, kind) => {
    expect(decide(record, now)).toEqual({ kind });
  });
});
