// The laptop cloud's own S3: small, strict where S3 is strict, and honest about what it does not do.
// README.md lists what it does, how it stores, and where it stops.
import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerRequest } from './answer.ts';
import { type Publish, startDispatcher } from './notifications/dispatcher.ts';
import { openOutbox } from './notifications/outbox.ts';
import { openSequencer } from './notifications/sequencer.ts';
import { createObjectWriter } from './object-writer.ts';
import { type Credentials, Signer } from './signature/signer.ts';
import { openBuckets } from './store/buckets.ts';
import { openDatabase } from './store/database.ts';
import { openObjectFiles } from './store/files.ts';
import { openObjects } from './store/objects.ts';

const defaultBodyIdleMs = 20_000;

export interface LocalS3Options {
  /** Holds s3.sqlite and objects/; created when missing; for one process at a time. */
  readonly dataDir: string;
  readonly credentials: Credentials;
  readonly region: string;
  /** Hands a notification to its topic; called again, with pauses up to 5 s, until it succeeds. */
  readonly publish: Publish;
  readonly clock?: () => Date;
  /** Told of failed publishes and of errors that became a 500. */
  readonly warn?: (text: string) => void;
  /** How long a body may stall before RequestTimeout. */
  readonly bodyIdleMs?: number;
}

export interface LocalS3 {
  /** Answers a request; to be mounted in a server that listens on loopback. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Waits for the requests under way; close their connections before. */
  close(): Promise<void>;
}

/**
 * Opens the store and starts to publish what an earlier process left in the outbox.
 * @throws {Error} "database is locked" while another process has the data folder open.
 */
export function createLocalS3(options: LocalS3Options): LocalS3 {
  const { dataDir, credentials, region, publish, clock = () => new Date() } = options;
  const warn = options.warn ?? (() => undefined);
  mkdirSync(dataDir, { recursive: true });
  const database = openDatabase(dataDir);
  const objects = openObjects(database);
  const files = openObjectFiles(dataDir, objects.files());
  const buckets = openBuckets(database);
  const outbox = openOutbox(database);
  const sequencer = openSequencer(database);
  const dispatcher = startDispatcher(outbox, publish, warn);
  const writer = createObjectWriter({
    database,
    buckets,
    objects,
    files,
    outbox,
    sequencer,
    dispatcher,
    region,
    clock,
    warn,
  });
  const signer = new Signer(credentials, region, 's3');
  const authority = { service: 's3', credentials, region, signer, clock };
  const bodyIdleMs = options.bodyIdleMs ?? defaultBodyIdleMs;
  const dependencies = { authority, buckets, objects, files, writer, publish, bodyIdleMs };
  const underWay = new Set<Promise<void>>();
  return {
    handle: (request, response) => {
      const answered = answerRequest(request, response, dependencies, warn);
      underWay.add(answered);
      void answered.finally(() => underWay.delete(answered));
    },
    close: async () => {
      await Promise.all(underWay);
      await dispatcher.close();
      database.close();
    },
  };
}
