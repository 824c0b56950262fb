// SNS and SQS: fauxqs, on disk, patched where it would lose something or say nothing. https://github.com/kibertoad/fauxqs
import { join } from 'node:path';
import { buildApp } from 'fauxqs';
import { localAccountId } from '../credentials.ts';
import { diskFullLine, isDiskFull } from '../disk-full.ts';
import type { Engine } from './engine.ts';
import { databaseOf, makeStores, type PersistenceManager } from './fauxqs.ts';

export interface Messaging extends Engine {
  /** Answers every waiting long poll at once, with nothing. */
  endLongPolls(): void;
  /** Ends the visibility timeout of every message that somebody has received from the queue and not deleted. */
  releaseMessages(queueUrl: string): void;
}

/**
 * Opens queues and topics below `dataDir`.
 *
 * @param options.endpoint where callers reach it: queue URLs begin with it
 * @param options.warn told, by a line, why calls fail
 */
export async function createMessaging(options: {
  dataDir: string;
  region: string;
  endpoint: string;
  warn: (line: string) => void;
}): Promise<Messaging> {
  const { dataDir, region, endpoint, warn } = options;
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
  app.setErrorHandler((error, request, reply) => {
    const what = String(request.headers['x-amz-target'] ?? 'a call');
    warn(isDiskFull(error) ? diskFullLine(dataDir) : `SNS or SQS failed at ${what}: ${error}`);
    reply.status(500).send({ __type: 'InternalFailure', message: String(error) });
  });
  await app.ready();
  return {
    handle: (request, response) => app.routing(request, response),
    endLongPolls: () => sqsStore.shutdown(),
    releaseMessages: (queueUrl) => {
      const queue = sqsStore.getQueue(queueUrl);
      for (const handle of [...(queue?.inflightMessages.keys() ?? [])]) queue?.changeVisibility(handle, 0);
    },
    close: async () => {
      await app.close();
      persistence.close();
    },
  };
}

function patchPersistence(persistence: PersistenceManager, endpoint: string): void {
  const db = databaseOf(persistence);
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
