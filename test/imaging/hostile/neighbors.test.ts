// A hostile file among nine innocent ones, through the metadata worker: all ten are settled in the same receive.

import { afterAll, describe, expect, it } from 'vitest';
import { imageIdOf } from '../../../shared/domain/object-keys.ts';
import { readOriginalSources } from '../../../shared/domain/original-sources.ts';
import type { ByteSource } from '../../../shared/imaging/contract.ts';
import { bufferSource } from '../../../shared/imaging/inspect/byte-source.ts';
import { createMetadataEngine } from '../../../shared/imaging/metadata-engine.ts';
import { createSqsHandler } from '../../../shared/lambda/sqs.ts';
import { createMetadataTask } from '../../../shared/processing/metadata-task.ts';
import { createProcessor } from '../../../shared/processing/process-event.ts';
import { lambdaContext, s3Notification, s3Record, sqsEvent, sqsMessage } from '../../support/events.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';
import { createMemoryImageEvents, createMemoryQueue } from '../../support/memory/messages.ts';
import { landscape } from '../samples.ts';
import { hostileKinds } from './kinds.ts';

const engine = createMetadataEngine();
afterAll(() => engine.close());

const bucket = 'photos';
const hostileKey = 'originals/4';
const keys = Array.from({ length: 10 }, (_, index) => `originals/${index}`);

/** What the worker makes of ten originals, one of them hostile. */
async function handleBatch(hostile: ByteSource) {
  const innocent = bufferSource(await landscape(64, 48).jpeg().toBuffer());
  const { table } = createMemoryImages();
  const queue = createMemoryQueue();
  const originals = {
    source: ({ key }: { key: string }) => ({ ...(key === hostileKey ? hostile : innocent), bytesRead: 0 }),
  };
  const definition = createMetadataTask({ originals, readMetadata: engine.readMetadata });
  const handler = createSqsHandler({
    process: createProcessor({ definition, table, queue, imageEvents: createMemoryImageEvents() }),
    queue,
    sources: readOriginalSources(bucket),
    metrics: { publish() {} },
    logger: { error() {}, warn() {} },
    ...{ concurrency: 10, minimumMilliseconds: 0, maxReceiveCount: 5 },
    ...{ retryBackoffBaseSeconds: 0, visibilityTimeoutSeconds: 600 },
  });
  const messages = keys.map((key) =>
    sqsMessage({ messageId: key, body: s3Notification(s3Record({ bucket, key })) }),
  );
  const { batchItemFailures } = await handler(sqsEvent(messages), lambdaContext(100_000));
  const states = keys.map(async (key) => {
    const record = await table.get(imageIdOf(bucket, key, 'own'));
    return [key, record?.metadataTask?.state] as const;
  });
  return { batchItemFailures, states: Object.fromEntries(await Promise.all(states)) };
}

describe.each(hostileKinds)('$name', ({ sizes, file }) => {
  it('costs its neighbors nothing, and is settled itself', { timeout: 60_000 }, async () => {
    const made = file(sizes.at(-1) ?? 1);
    const hostile = 'read' in made ? made : bufferSource(made);

    const { batchItemFailures, states } = await handleBatch(hostile);

    expect(batchItemFailures).toEqual([]);
    const { [hostileKey]: own, ...others } = states;
    expect(own).toMatch(/^(done|rejected)$/);
    expect(new Set(Object.values(others))).toEqual(new Set(['done']));
  });
});
