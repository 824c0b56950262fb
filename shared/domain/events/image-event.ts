// Image events out: what consumers are told when an image is ready, rejected, failed or deleted.

import { createHash } from 'node:crypto';
import { currentTask, type ImageRecord } from '../image-record.ts';
import { type ImageView, viewImage } from '../image-view.ts';
import { failureOf, isSettled, type SettledStatus, statusOf } from '../status.ts';
import { tasks } from '../tasks.ts';

export interface ImageEvent {
  /** The same for every repetition of one event: consumers deduplicate by it. */
  readonly eventId: string;
  readonly type: `image.${SettledStatus}`;
  readonly imageId: string;
  readonly ownerId: string;
  readonly occurredAt: string;
  /**
   * The image as the API answers it, without URLs, which are signed for whoever asks, and without where it was taken, which
   * its owner alone is told.
   */
  readonly image: ImageView;
}

/** The event that a settled image is announced by; undefined while work goes on. */
export function imageEventOf(record: ImageRecord): ImageEvent | undefined {
  const status = statusOf(record);
  if (!isSettled(status)) return undefined;
  const type = `image.${status}` as const;
  return {
    eventId: eventId(record, type),
    type,
    imageId: record.imageId,
    ownerId: record.ownerId,
    occurredAt: record.updatedAt,
    image: withoutLocation(viewImage(record)),
  };
}

function withoutLocation({ metadata, ...image }: ImageView): ImageView {
  if (metadata === null) return { metadata, ...image };
  const { location: _, ...told } = metadata;
  return { ...image, metadata: told };
}

/** Whether consumers are known to have been told what the image is now; of an image that is not settled, never. */
export function isAnnounced(record: ImageRecord): boolean {
  return record.announced !== undefined && imageEventOf(record)?.eventId === record.announced;
}

/** A task that only began, or ended without changing the outcome, must not change the ID. */
function eventId(record: ImageRecord, type: string): string {
  const decisive = failureOf(record)?.task;
  const revisions = (decisive ? [decisive] : tasks).map((task) => currentTask(record, task)?.revision ?? '');
  const identity = JSON.stringify([record.imageId, record.sequencer, type, decisive ?? '', ...revisions]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}
