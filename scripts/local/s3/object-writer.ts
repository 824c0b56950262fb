// Makes a written file an object, or removes objects: the row and the notifications it owes, in one transaction.
// Conditions are judged inside that transaction, so of two writers with If-None-Match exactly one wins.
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

/** Judges the object that is there now, and throws to refuse the write. */
export type WriteCondition = (current: StoredObject | undefined) => void;

export interface ObjectWriter {
  /** @throws S3Error NoSuchBucket, or what the condition throws; the new file is removed then. */
  put(
    object: Omit<StoredObject, 'lastModified'>,
    eventName: EventName,
    request: S3Request,
    condition: WriteCondition,
  ): Promise<StoredObject>;
  /** Removes keys that are there; missing ones pass in silence. @throws S3Error NoSuchBucket */
  delete(bucket: string, keys: readonly string[], request: S3Request, condition: WriteCondition): void;
}

interface WriterParts {
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

/** S3 keeps times to the second. */
const toSecond = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);

export function createObjectWriter(parts: WriterParts): ObjectWriter {
  const { database, buckets, objects, files, dispatcher } = parts;

  const owe = (
    event: Omit<ObjectEvent, 'sequencer' | 'time' | 'region' | keyof RequestFacts>,
    request: S3Request,
  ) => {
    const time = parts.clock();
    const sequencer = parts.sequencer.next(time);
    for (const configuration of buckets.configuration(event.bucket, 'notifications') ?? []) {
      if (!matches(configuration, event)) continue;
      const full = { ...event, ...requestFacts(request), sequencer, time, region: parts.region };
      parts.outbox.add(configuration.topicArn, eventMessage(full, configuration));
    }
  };

  const discard = (file: string | undefined): void => {
    // A file that stays behind costs space only, and the next start removes it.
    if (file !== undefined)
      files.remove(file).catch((error) => parts.warn(`leftover file: ${String(error)}`));
  };

  return {
    put: async (object, eventName, request, condition) => {
      const { bucket, key, bytes, etag } = object;
      const stored = { ...object, lastModified: toSecond(parts.clock()) };
      try {
        const replaced = inTransaction(database, () => {
          buckets.require(bucket);
          condition(objects.find(bucket, key));
          owe({ name: eventName, bucket, key, content: { bytes, etag } }, request);
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
    delete: (bucket, keys, request, condition) => {
      const removed = inTransaction(database, () => {
        buckets.require(bucket);
        return keys.map((key) => {
          condition(objects.find(bucket, key));
          const file = objects.delete(bucket, key);
          if (file !== undefined)
            owe({ name: 'ObjectRemoved:Delete', bucket, key, content: undefined }, request);
          return file;
        });
      });
      removed.forEach(discard);
      dispatcher.wake();
    },
  };
}

type RequestFacts = Pick<ObjectEvent, 'requestId' | 'hostId' | 'sourceAddress'>;

const requestFacts = (request: S3Request): RequestFacts => ({
  requestId: request.requestId,
  hostId: request.hostId,
  sourceAddress: request.incoming.socket.remoteAddress ?? '127.0.0.1',
});

/** The S3Error of a condition that did not hold. */
export function preconditionFailed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', undefined, { Condition: condition });
}
