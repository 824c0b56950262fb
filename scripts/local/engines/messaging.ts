// SNS and SQS: fauxqs, on disk, patched in three places. https://github.com/kibertoad/fauxqs
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { buildApp } from 'fauxqs';
import { localAccountId } from '../credentials.ts';
import type { Engine } from './engine.ts';
import { makeStores, type PersistenceManager } from './fauxqs.ts';

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
  const { stores, persistence } = await makeStores(join(dataDir, 'messaging'));
  patchPersistence(persistence, endpoint);
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

function patchPersistence(persistence: PersistenceManager, endpoint: string): void {
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
}
