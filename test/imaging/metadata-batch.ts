// A batch of originals in the metadata worker: the real boundary, processor, task and engine, with table and queue in memory.

import { imageIdOf } from '../../shared/domain/object-keys.ts';
import { readOriginalSources } from '../../shared/domain/original-sources.ts';
import type { ByteSource, MetadataEngine } from '../../shared/imaging/contract.ts';
import { bufferSource } from '../../shared/imaging/inspect/byte-source.ts';
import { createSqsHandler } from '../../shared/lambda/sqs.ts';
import { createMetadataTask } from '../../shared/processing/metadata-task.ts';
import { createProcessor } from '../../shared/processing/process-event.ts';
import { lambdaContext, s3Notification, s3Record, sqsEvent, sqsMessage } from '../support/events.ts';
import { createMemoryImages } from '../support/memory/image-table.ts';
import { createMemoryImageEvents, createMemoryQueue } from '../support/memory/messages.ts';
import { createMemoryLedger } from '../support/memory/owner-ledger.ts';

const bucket = 'photos';

/** Handles one batch. @returns the records, in the order of the files, and how many messages come again */
export async function handleBatch(engine: MetadataEngine, files: readonly (Uint8Array | ByteSource)[]) {
  const { table } = createMemoryImages();
  const queue = createMemoryQueue();
  const sources = files.map((file) => (file instanceof Uint8Array ? bufferSource(file) : file));
  const keyOf = (index: number) => `originals/${index}`;
  const definition = createMetadataTask({
    originals: {
      source({ key }) {
        const source = sources[Number(key.slice(keyOf(0).length - 1))];
        if (source === undefined) throw new Error(`no original ${key}`);
        return { byteLength: source.byteLength, bytesRead: 0, read: (...range) => source.read(...range) };
      },
    },
    readMetadata: engine.readMetadata,
  });
  const handler = createSqsHandler({
    process: createProcessor({
      ...{ definition, table, queue, ledger: createMemoryLedger() },
      imageEvents: createMemoryImageEvents(),
    }),
    queue,
    sources: readOriginalSources(bucket),
    metrics: { measure() {}, publish() {} },
    task: 'metadata',
    logger: { error() {}, info() {}, warn() {} },
    ...{ concurrency: 10, minimumMilliseconds: 0, maxReceiveCount: 5 },
    ...{ retryBackoffBaseSeconds: 0, visibilityTimeoutSeconds: 600 },
  });
  const messages = sources.map(({ byteLength }, index) => {
    const key = keyOf(index);
    return sqsMessage({ messageId: key, body: s3Notification(s3Record({ bucket, key, size: byteLength })) });
  });
  const { batchItemFailures } = await handler(sqsEvent(messages), lambdaContext(100_000));
  const records = await Promise.all(
    sources.map((_, index) => table.get(imageIdOf(bucket, keyOf(index), 'own'))),
  );
  return { returned: batchItemFailures.length, records };
}
