// Image events out: what consumers are told when an image is ready, rejected, failed or deleted.

import { createHash } from 'node:crypto';
import { currentTask, failureOf, type ImageRecord, isTerminal, statusOf, tasks } from '../image-record.ts';
import { type ImageView, viewImage } from '../image-view.ts';

export interface ImageEvent {
  /** The same for every repetition of one event: consumers deduplicate by it. */
  readonly eventId: string;
  readonly type: `image.${'ready' | 'rejected' | 'failed' | 'deleted'}`;
  readonly imageId: string;
  readonly ownerId: string;
  readonly occurredAt: string;
  /** The image as the API answers it, without URLs: those are signed for whoever asks. */
  readonly image: ImageView;
}

/** The event that a settled image is announced by; undefined while work goes on. */
export function imageEventOf(record: ImageRecord): ImageEvent | undefined {
  const status = statusOf(record);
  if (!isTerminal(status)) return undefined;
  const type = `image.${status}` as const;
  return {
    eventId: eventId(record, type),
    type,
    imageId: record.imageId,
    ownerId: record.ownerId,
    occurredAt: record.updatedAt,
    image: viewImage(record),
  };
}

/** A task that only began, or ended without changing the outcome, must not change the ID. */
function eventId(record: ImageRecord, type: string): string {
  const decisive = failureOf(record)?.task;
  const revisions = (decisive ? [decisive] : tasks).map((task) => currentTask(record, task)?.revision ?? '');
  const identity = JSON.stringify([record.imageId, record.sequencer, type, decisive ?? '', ...revisions]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}
