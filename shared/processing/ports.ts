// What processing needs of the world: the table, the queue, the stores and the topic, as a worker speaks of them.
// The adapters in shared/aws/ implement them.

import type { Charge } from '../domain/charge.ts';
import type { FailureCode } from '../domain/errors.ts';
import type { ImageEvent } from '../domain/events/image-event.ts';
import type { OriginalCreated, OriginalRemoved } from '../domain/events/s3-event.ts';
import type { ImageRecord, Removal } from '../domain/image-record.ts';
import type { Task, TaskFailure, TaskResult } from '../domain/tasks.ts';
import type { ByteSource, EncodedRendition } from '../imaging/contract.ts';

/** One delivery of one message to one worker. Times are milliseconds since the epoch. */
export interface Attempt {
  readonly attemptId: string;
  readonly messageId: string;
  readonly receiveCount: number;
  /** When this attempt is over, whatever happens: the function's own deadline. */
  readonly leaseUntil: number;
  /** When all retries must have ended: an image that is not settled by then is overdue. */
  readonly retriesEndAt: number;
  /** An operator sent a rejected message back to work. */
  readonly isRedriven: boolean;
}

/** One unit of work: this task of this original, at this revision of what the task does. */
export interface Unit {
  readonly task: Task;
  readonly event: OriginalCreated;
  readonly revision: string;
}

export type Outcome =
  | { readonly state: 'done'; readonly result: TaskResult }
  | { readonly state: 'rejected' | 'failed'; readonly failure: TaskFailure }
  /** Another task has rejected the file already: one failure is enough to tell of it. */
  | { readonly state: 'rejected'; readonly failure?: undefined };

/** The images table: every write is a single conditional one, and a refused one answers undefined. */
export interface ImageTable {
  get(imageId: string): Promise<ImageRecord | undefined>;
  /** Takes the unit on; undefined when it is settled, held by another attempt, or overtaken. */
  claim(unit: Unit, attempt: Attempt): Promise<ImageRecord | undefined>;
  /** Ends a claimed unit; undefined when the claim was lost, or a second failure would be told of a rejected image. */
  settle(
    unit: Unit,
    attempt: Attempt,
    outcome: Outcome,
    superseded?: readonly string[],
  ): Promise<ImageRecord | undefined>;
  /** Leaves a tombstone; undefined when the removal is not the newest event. */
  markDeleted(event: OriginalRemoved, removal: Removal): Promise<ImageRecord | undefined>;
  /**
   * Notes that an image event is published, unless the image has moved on: it is not overdue any more, or not before it is to
   * be looked at again.
   */
  markAnnounced(record: ImageRecord, eventId: string, lookAgainAt?: Date): Promise<void>;
  /**
   * Writes a charge over the one that was seen; undefined when somebody has written another since or, where a change begins
   * with it, when the image has moved on. Until the change has ended, the image is listed.
   */
  moveCharge(
    seen: ImageRecord,
    charge: Charge,
    options: { readonly isNew: boolean },
  ): Promise<ImageRecord | undefined>;
}

/** One change of what an image counts. */
export interface ChargeChange {
  readonly imageId: string;
  readonly bytes: number;
  readonly changeId: string;
}

/** What images count, one ledger an owner. Whatever was counted before, and what is not there, changes nothing. */
export interface Ledger {
  /** The work on an image has ended: its upload is not open any more. */
  close(ownerId: string, imageId: string): Promise<void>;
  /** An image that nobody uploaded counts no more. */
  expire(ownerId: string, imageId: string, bytes: number): Promise<void>;
  /** An image counts no more. */
  release(ownerId: string, change: ChargeChange, options: { readonly isRejection: boolean }): Promise<void>;
  /** An image counts again, whatever the quota. */
  retake(ownerId: string, change: ChargeChange): Promise<void>;
  /** A retake that led to nothing. */
  undoRetake(ownerId: string, change: ChargeChange): Promise<void>;
  /** The image's record says that the change is counted: nobody will repeat it. */
  forget(ownerId: string, change: Pick<ChargeChange, 'imageId' | 'changeId'>): Promise<void>;
}

/** What an operator can read off a message that a worker put aside, without decoding its body. */
export interface MessagePutAside {
  /** The message's body, as it was received: a redrive works on it again. */
  readonly body: string;
  readonly failureCode: FailureCode;
  readonly failureMessage: string;
  /** Absent when the message is too malformed to tell. */
  readonly imageId?: string;
}

/** A worker's queue, its DLQ, and the queue of rejections. */
export interface WorkQueue {
  /** Makes a received message invisible for this long, counted from now. */
  delay(receiptHandle: string, seconds: number): Promise<void>;
  /** Puts the message of a file that is at fault into the rejections queue. Once it returns, the message may be acknowledged. */
  reject(message: MessagePutAside): Promise<void>;
  /** Puts a message that no file is to blame for straight into the DLQ. Once it returns, it may be acknowledged. */
  deadLetter(message: MessagePutAside): Promise<void>;
}

/** The original is not there any more, or is another one: whatever replaced it has an event of its own. */
export class OriginalGone extends Error {
  override readonly name = 'OriginalGone';
}

/** Reads the very object that an event spoke of. */
export interface OriginalStore {
  /** @throws {OriginalGone} when the object was deleted or overwritten since the event */
  fetch(event: OriginalCreated): Promise<Uint8Array>;
  /** Every read may throw {@link OriginalGone}, as `fetch` does. */
  source(event: OriginalCreated): MeteredSource;
}

/** A source that knows how much of the original was fetched through it. */
export interface MeteredSource extends ByteSource {
  readonly bytesRead: number;
}

/** The originals under the keys that upload URLs are issued for. */
export interface UploadedOriginals {
  /** A missing one is no error. */
  delete(imageId: string): Promise<void>;
  /** Deletes one that no upload URL was issued for. Of any bucket but the stage's own, it is left where it lies. */
  deleteUnissued(original: { readonly bucket: string; readonly key: string }): Promise<void>;
}

/** Keeps renditions under deterministic keys, whose bytes never change. */
export interface RenditionStore {
  put(key: string, rendition: EncodedRendition): Promise<void>;
  /** Deletes what is there; missing keys are no error. */
  delete(keys: readonly string[]): Promise<void>;
}

/** What keeps copies of renditions between the bucket and those who look at them. */
export interface RenditionCaches {
  /** Has the copies of all renditions of an image forgotten; it takes them some seconds more. */
  forget(imageId: string): Promise<void>;
}

/** Tells consumers what became of an image. */
export interface ImageEvents {
  /** @param uploadRequestId of the API request that issued the upload URL, if there was one */
  publish(event: ImageEvent, uploadRequestId?: string): Promise<void>;
}
