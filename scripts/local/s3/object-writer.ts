// Makes a written file an object, or removes objects: the row and the notifications of it, in one transaction.
// Conditions are checked inside that transaction, so of two writers with If-None-Match exactly one wins.
import type { DatabaseSync } from 'node:sqlite';
import { S3Error } from './errors.ts';
import type { Dispatcher } from './notifications/dispatcher.ts';
import type { Outbox } from './notifications/outbox.ts';
import { type EventName, eventMessage, matches, type ObjectEvent } from './notifications/records.ts';
import type { Sequencer } from './notifications/sequencer.ts';
import type { S3Request } from './request.ts';
import type { Buckets } from './store/buckets.ts';
import { inTransaction } from './store/database.ts';
import type { ObjectFiles } from './store/files.ts';
import type { Objects, StoredObject } from './store/objects.ts';

/** Looks at the object that is there now, and throws to refuse the write. */
export type WriteCondition = (current: StoredObject | undefined) => void;

export interface ObjectWriter {
  /** @throws {S3Error} NoSuchBucket, or what the condition throws; the new file is removed then. */
  put(
    object: Omit<StoredObject, 'lastModified'>,
    eventName: EventName,
    request: S3Request,
    condition: WriteCondition,
  ): Promise<StoredObject>;
  /** Removes keys that are there; missing ones pass in silence. @throws {S3Error} NoSuchBucket */
  delete(bucket: string, keys: readonly string[], request: S3Request, condition: WriteCondition): void;
}

interface ObjectWriterDependencies {
  readonly database: DatabaseSync;
  readonly buckets: Buckets;
  readonly objects: Objects;
  readonly files: ObjectFiles;
  readonly outbox: Outbox;
  readonly sequencer: Sequencer;
  readonly dispatcher: Dispatcher;
  readonly region: string;
  readonly clock: () => Date;
  readonly warn: (text: string) => void;
}

export function createObjectWriter(dependencies: ObjectWriterDependencies): ObjectWriter {
  const { database, buckets, objects, files, outbox, sequencer, dispatcher } = dependencies;
  const { region, clock, warn } = dependencies;

  return {
    async put(object, eventName, request, condition) {
      const { bucket, key, bytes, etag } = object;
      const stored = { ...object, lastModified: toSecond(clock()) };
      try {
        const replaced = inTransaction(database, () => {
          buckets.require(bucket);
          condition(objects.find(bucket, key));
          notify({ name: eventName, bucket, key, content: { bytes, etag } }, request);
          return objects.put(stored);
        });
        discard(replaced);
      } catch (error) {
        discard(object.file);
        throw error;
      }
      dispatcher.wake();
      return stored;
    },

    delete(bucket, keys, request, condition) {
      const removed = inTransaction(database, () => {
        buckets.require(bucket);
        return keys.map((key) => {
          condition(objects.find(bucket, key));
          const file = objects.delete(bucket, key);
          if (file !== undefined) notify({ name: 'ObjectRemoved:Delete', bucket, key }, request);
          return file;
        });
      });
      removed.forEach(discard);
      dispatcher.wake();
    },
  };

  function notify(
    event: Pick<ObjectEvent, 'name' | 'bucket' | 'key' | 'content'>,
    { requestId, hostId, incoming }: S3Request,
  ): void {
    const time = clock();
    const sourceAddress = incoming.socket.remoteAddress ?? '127.0.0.1';
    const whole = {
      ...event,
      sequencer: sequencer.next(time),
      time,
      region,
      requestId,
      hostId,
      sourceAddress,
    };
    for (const configuration of buckets.configuration(event.bucket, 'notifications') ?? []) {
      if (matches(configuration, event))
        outbox.add(configuration.topicArn, eventMessage(whole, configuration));
    }
  }

  // A file that stays behind costs space only, and the next start removes it.
  function discard(file: string | undefined): void {
    if (file === undefined) return;
    files.remove(file).catch((error) => warn(`leftover file: ${String(error)}`));
  }
}

/** The S3Error of a condition that did not hold. */
export function preconditionFailed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', { details: { Condition: condition } });
}

/** S3 keeps times to the second. */
function toSecond(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}
