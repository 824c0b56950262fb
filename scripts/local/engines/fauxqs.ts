// fauxqs 2.4.1 exports a start function that binds every network interface. What it is made of is imported by where
// the package lies, and typed by what its exported builder takes.
import type { DatabaseSync } from 'node:sqlite';
import type { BuildAppOptions } from 'fauxqs';

type Stores = NonNullable<BuildAppOptions['stores']>;
type Queue = ReturnType<Stores['sqsStore']['allQueues']> extends Iterable<infer Each> ? Each : never;
export type PersistenceManager = NonNullable<Stores['sqsStore']['persistence']>;

interface Parts {
  readonly SqsStore: new () => Stores['sqsStore'];
  readonly SnsStore: new () => Stores['snsStore'];
  readonly S3Store: new () => Stores['s3Store'];
  readonly PersistenceManager: new (folder: string) => PersistenceManager;
}

let parts: Promise<Parts> | undefined;

/** Makes the stores of queues, topics and buckets, and what keeps the first two in a folder. */
export async function makeStores(
  folder: string,
): Promise<{ stores: Stores; persistence: PersistenceManager }> {
  parts ??= importParts();
  const { SqsStore, SnsStore, S3Store, PersistenceManager } = await parts;
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  return { stores, persistence: new PersistenceManager(folder) };
}

/** The database behind what is kept. */
export function databaseOf(persistence: PersistenceManager): DatabaseSync {
  return (persistence as unknown as { db: DatabaseSync }).db;
}

async function importParts(): Promise<Parts> {
  const part = (path: string) => import(new URL(path, import.meta.resolve('fauxqs')).href);
  const modules = await Promise.all(
    ['sqs/sqsStore.js', 'sns/snsStore.js', 's3/s3Store.js', 'persistence.js'].map(part),
  );
  const imported = Object.assign({}, ...modules) as Parts & { SqsQueue: { prototype: Queue } };
  receiveInOneTransaction(imported.SqsQueue.prototype);
  return imported;
}

/**
 * A receive that moves a message to its DLQ deletes it first and stores it second: on a full disk it would be gone.
 * In a transaction, either everything is written or the messages are where they were.
 */
function receiveInOneTransaction(prototype: Queue): void {
  const { dequeue } = prototype;
  prototype.dequeue = function (maxCount, visibilityTimeout, findQueue) {
    this.processTimers();
    const database = this.persistence && databaseOf(this.persistence);
    if (database === undefined || this.messages.length === 0) {
      return dequeue.call(this, maxCount, visibilityTimeout, findQueue);
    }
    const waiting = [...this.messages];
    const handles = new Set(this.inflightMessages.keys());
    const deadLetterQueues = new Set<Queue>();
    const findAndNote = (arn: string): Queue | undefined => {
      const found = findQueue?.(arn);
      if (found) deadLetterQueues.add(found);
      return found;
    };
    database.exec('BEGIN');
    try {
      const received = dequeue.call(this, maxCount, visibilityTimeout, findQueue && findAndNote);
      database.exec('COMMIT');
      return received;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      const taken = new Set(waiting);
      for (const queue of deadLetterQueues) {
        queue.messages = queue.messages.filter((message) => !taken.has(message));
      }
      for (const handle of this.inflightMessages.keys()) {
        if (!handles.has(handle)) this.inflightMessages.delete(handle);
      }
      this.messages = [...waiting, ...this.messages.filter((message) => !taken.has(message))];
      throw error;
    }
  };
}
