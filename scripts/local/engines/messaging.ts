// SNS and SQS: fauxqs 2.4.1, on disk. Put together from its parts, because its own start function binds every
// network interface. The only file that knows its insides. https://github.com/kibertoad/fauxqs
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { buildApp } from 'fauxqs';
import { PersistenceManager } from '../../../node_modules/fauxqs/dist/persistence.js';
import { S3Store } from '../../../node_modules/fauxqs/dist/s3/s3Store.js';
import { SnsStore } from '../../../node_modules/fauxqs/dist/sns/snsStore.js';
import { SqsStore } from '../../../node_modules/fauxqs/dist/sqs/sqsStore.js';
import { localAccountId } from '../credentials.ts';
import type { Engine } from './engine.ts';

export interface Messaging extends Engine {
  /** Answers every waiting long poll at once, with nothing. */
  endLongPolls(): void;
}

/**
 * Opens queues and topics below `dataDir`.
 *
 * @param options.endpoint where callers reach it: queue URLs begin with it.
 */
export async function createMessaging(options: {
  dataDir: string;
  region: string;
  endpoint: string;
}): Promise<Messaging> {
  const { dataDir, region, endpoint } = options;
  const persistence = mendedPersistence(join(dataDir, 'messaging'), endpoint);
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  const { sqsStore, snsStore } = stores;
  // A queue's URL names the host that the request named, instead of a host of fauxqs's own.
  sqsStore.host = '';
  // Loaded before the stores write through, as fauxqs does: writing a queue deletes its messages.
  persistence.loadSqsAndSns(sqsStore, snsStore);
  sqsStore.persistence = persistence;
  snsStore.persistence = persistence;
  for (const queue of sqsStore.allQueues()) queue.persistence = persistence;
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  await app.ready();
  return {
    handle: (request, response) => app.routing(request, response),
    endLongPolls: () => sqsStore.shutdown(),
    close: async () => {
      await app.close();
      persistence.close();
    },
  };
}

function mendedPersistence(folder: string, endpoint: string): PersistenceManager {
  const persistence = new PersistenceManager(folder);
  const { db } = persistence as unknown as { db: DatabaseSync };
  // Enough to outlive a killed process; the default would sync to the disk for each message.
  db.exec('PRAGMA synchronous = NORMAL');
  // The port may have been another one when the queues were made.
  db.prepare('UPDATE sqs_queues SET url = ? || name').run(`${endpoint}/${localAccountId}/`);
  // fauxqs 2.4.1 clears the receive count too, which its own table refuses: a visibility timeout set to 0
  // failed and the message was gone until the next start.
  const release = db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  persistence.updateMessageReady = (messageId) => {
    release.run(messageId);
  };
  return persistence;
}
