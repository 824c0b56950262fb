// The units of work, outcomes and records that the contract of the images table is written in.

import { v7 as uuidv7 } from 'uuid';
import type { RequestedImage } from '../../../../shared/api/ports.ts';
import type { OriginalCreated, OriginalRemoved } from '../../../../shared/domain/events/s3-event.ts';
import { normalizeSequencer } from '../../../../shared/domain/events/sequencer.ts';
import type { ImageRecord } from '../../../../shared/domain/image-record.ts';
import type { StoredRendition } from '../../../../shared/domain/stored-rendition.ts';
import type { TaskFailure, TaskRecord, TaskResult } from '../../../../shared/domain/tasks.ts';
import type { Attempt, Outcome, Unit } from '../../../../shared/processing/ports.ts';

export const older = normalizeSequencer('0055');
export const sequencer = normalizeSequencer('0056');
export const newer = normalizeSequencer('0057');

/** What the table under test takes for now. */
export const now = new Date('2026-11-02T09:00:00.000Z');
export const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);
export const overdueAt = later(600_000).toISOString();

export const attempt: Attempt = {
  ...{ attemptId: 'attempt', messageId: 'message', receiveCount: 1, isRedriven: false },
  ...{ leaseUntil: later(60_000).getTime(), retriesEndAt: later(600_000).getTime() },
};

export const failure: TaskFailure = { code: 'corrupt-image', message: 'premature end of JPEG image' };
export const rejected: Outcome = { state: 'rejected', failure };
export const failed: Outcome = { state: 'failed', failure: { code: 'internal', message: 'no memory' } };

export const metadata = { format: 'jpeg', width: 640, height: 480 } as NonNullable<ImageRecord['metadata']>;
export const metadataDone: Outcome = { state: 'done', result: { metadata } };

export const rendition: StoredRendition = {
  ...{ variant: 'thumb', format: 'webp' as const, contentType: 'image/webp', width: 160, height: 120 },
  ...{ frames: 1, bytes: 2048, key: 'renditions/thumb.webp' },
};
export const renditionsResult: TaskResult = {
  renditions: [rendition],
  placeholder: { thumbHash: '1QcSHQ', dominantColor: '#8a7c66' },
  ...{ perceptualHash: '00ff', sha256: 'ab12' },
};
export const renditionsDone: Outcome = { state: 'done', result: renditionsResult };

/** The event of an upload; what is given comes on top. */
export function created(imageId: string, changes: Partial<OriginalCreated> = {}): OriginalCreated {
  return {
    ...{ kind: 'created', imageId, bucket: 'originals', key: `originals/${imageId}`, sequencer },
    ...{ eTag: 'etag', bytes: 1234 },
    ...changes,
  };
}

export function removedAt(imageId: string, at: string): OriginalRemoved {
  return { kind: 'removed', imageId, bucket: 'originals', key: `originals/${imageId}`, sequencer: at };
}

/** The renditions of an upload; what is given comes on top. */
export function unitOf(imageId: string, changes: Partial<Unit> = {}): Unit {
  return { task: 'renditions', event: created(imageId), revision: '1', ...changes };
}

/** The ID of an object that nobody issued an upload URL for. */
export function derivedId(): string {
  return `obj-${uuidv7().replaceAll('-', '')}`;
}

/** An image that an upload URL was issued for, as the API stores it; what is given comes on top. */
export function requested(changes: Partial<RequestedImage> = {}): RequestedImage {
  return {
    ...{ imageId: uuidv7(), ownerId: 'owner', createdAt: now.toISOString(), updatedAt: now.toISOString() },
    fileName: 'IMG_1.jpg',
    charge: { bytes: 1234 },
    upload: { expiresAt: later(900_000).toISOString() },
    ...changes,
  };
}

/** What claiming a unit of this original records of its task. */
export function runningAt(at: string): TaskRecord {
  const { attemptId, messageId, receiveCount, leaseUntil } = attempt;
  return { state: 'running', sequencer: at, revision: '1', attemptId, messageId, receiveCount, leaseUntil };
}
