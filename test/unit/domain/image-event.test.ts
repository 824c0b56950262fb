// Image events: one for each fate of an image, with an ID that a repetition keeps and a change does not.

import { describe, expect, it } from 'vitest';
import { imageEventOf, isAnnounced } from '../../../shared/domain/events/image-event.ts';
import { normalizeSequencer } from '../../../shared/domain/events/sequencer.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { viewImage } from '../../../shared/domain/image-view.ts';
import type { ImageMetadata } from '../../../shared/domain/metadata.ts';
import { taskAttribute, tasks } from '../../../shared/domain/tasks.ts';
import { overdue, processing, ready, taskRecord } from '../../support/image-records.ts';

const failure = { code: 'corrupt-image', message: 'premature end' } as const;
const rejected = (changes: Partial<ImageRecord> = {}) =>
  processing({ metadataTask: taskRecord({ state: 'rejected', failure }), ...changes });
const deleted = () => processing({ removed: { messageId: 'm', receiveCount: 1 } });
const idOf = (record: ImageRecord) => imageEventOf(record)?.eventId;

describe('imageEventOf', () => {
  it.each([
    ['image.ready', ready()],
    ['image.rejected', rejected()],
    ['image.failed', processing({ renditionsTask: taskRecord({ state: 'failed', failure }) })],
    ['image.deleted', deleted()],
  ])('is %s, with the image as the API answers it', (type, record) => {
    expect(imageEventOf(record)).toEqual({
      ...{ eventId: expect.stringMatching(/^[0-9a-f]{32}$/), type, imageId: record.imageId },
      ...{ ownerId: 'local', occurredAt: record.updatedAt, image: viewImage(record) },
    });
  });

  it('says nothing of where a picture was taken, and all else that is known of it', () => {
    const facts: ImageMetadata = {
      ...{ format: 'jpeg', width: 4, height: 3, storedWidth: 4, storedHeight: 3, orientation: 1 },
      ...{ hasAlpha: false, frames: 1, camera: { make: 'Apple' } },
    };
    const location = { latitude: 55.73, longitude: 37.59, altitude: 130.6 };
    const record = ready({ metadata: { ...facts, location } });

    expect(viewImage(record).metadata?.location).toEqual(location);
    expect(imageEventOf(record)?.image).toEqual({ ...viewImage(record), metadata: facts });
  });

  it.each([
    ['awaits its upload', overdue()],
    ['is processed', processing()],
    ['is expired', overdue({ expired: true })],
  ])('is nothing while an image %s', (_what, record) => {
    expect(imageEventOf(record)).toBeUndefined();
  });
});

describe('the ID of an event', () => {
  const base = ready();
  const again = { attemptId: 'other', messageId: 'other', receiveCount: 3, leaseUntil: 0 };

  it('stays the same when nothing that consumers are told of changes', () => {
    const renditionsTask = taskRecord({ state: 'done', ...again });

    expect(idOf({ ...base, updatedAt: new Date().toISOString(), renditionsTask })).toBe(idOf(base));
  });

  it('is another one for another image, original, fate, or revision of any task', () => {
    const newer = normalizeSequencer('0056');
    const at = (changes: Partial<ImageRecord>) => idOf({ ...base, ...changes });
    const done = (changes: object) => taskRecord({ state: 'done', ...changes });
    const ids = [
      idOf(base),
      at({ imageId: 'other' }),
      at({
        sequencer: newer,
        ...Object.fromEntries(tasks.map((task) => [taskAttribute(task), done({ sequencer: newer })])),
      }),
      at({ removed: { messageId: 'm', receiveCount: 1 } }),
      at({ renditionsTask: done({ revision: '2' }) }),
      at({ metadataTask: done({ revision: '2' }) }),
      at({ metadataTask: taskRecord({ state: 'rejected', failure }) }),
      at({ renditionsTask: taskRecord({ state: 'rejected', failure }) }),
    ];

    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('depends on the task alone that decided, once one did', () => {
    const base = rejected();

    expect(idOf({ ...base, renditionsTask: taskRecord({ revision: '2' }) })).toBe(idOf(base));
    expect(
      idOf({ ...base, metadataTask: taskRecord({ state: 'rejected', failure, revision: '2' }) }),
    ).not.toBe(idOf(base));
  });
});

describe('isAnnounced', () => {
  it('holds where the event that was published is that of the image now', () => {
    const record = ready();

    expect(isAnnounced({ ...record, announced: idOf(record) ?? '' })).toBe(true);
    expect(isAnnounced({ ...record, announced: 'another' })).toBe(false);
    expect(isAnnounced(record)).toBe(false);
  });

  it('never holds for an image that is not settled', () => {
    expect(isAnnounced(processing())).toBe(false);
    expect(isAnnounced(processing({ announced: 'event' }))).toBe(false);
  });
});
