// The SQS boundary with a processor that a test writes and everything else in memory.

import type { SQSBatchResponse } from 'aws-lambda';
import { afterEach, beforeEach, vi } from 'vitest';
import type { OriginalEvent } from '../../../shared/domain/events/s3-event.ts';
import { readOriginalSources } from '../../../shared/domain/original-sources.ts';
import { createSqsHandler, type SqsBoundaryDependencies } from '../../../shared/lambda/sqs.ts';
import type { Delivery, Disposition, Processor } from '../../../shared/processing/process-event.ts';
import { lambdaContext, sqsEvent, sqsMessage } from '../../support/events.ts';
import { createMemoryQueue } from '../../support/memory/messages.ts';

export const now = new Date('2026-11-02T09:00:00.000Z');
export const acknowledge: Disposition = { kind: 'acknowledge' };

/** Stops the clock, and takes the jitter out of waits: each is the shortest that it may be. */
export function stopClockAndChance(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now, toFake: ['Date'] });
    vi.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
}

export function createBoundary(
  process: Processor = async () => acknowledge,
  changes: Partial<SqsBoundaryDependencies> = {},
) {
  const queue = createMemoryQueue();
  const logged: [string, string, unknown][] = [];
  const log = (level: string) => (message: unknown, data: unknown) => {
    logged.push([level, String(message), data]);
  };
  const handled: [string, unknown][] = [];
  const processed: [OriginalEvent, Delivery][] = [];
  const measured: [string, number][] = [];
  let published = 0;
  const handler = createSqsHandler({
    async process(event, delivery, journal) {
      processed.push([event, delivery]);
      return process(event, delivery, journal);
    },
    queue,
    metrics: {
      measure: (metric, value) => measured.push([metric, value]),
      publish() {
        published += 1;
      },
    },
    task: 'renditions',
    logger: {
      ...{ error: log('error'), warn: log('warn') },
      info: (message: unknown, data: unknown) => handled.push([String(message), data]),
    } as SqsBoundaryDependencies['logger'],
    ...{ concurrency: 10, minimumMilliseconds: 20_000, maxReceiveCount: 5, retryBackoffBaseSeconds: 10 },
    ...{ visibilityTimeoutSeconds: 360, sources: readOriginalSources('photos/originals/,other/2026/') },
    ...changes,
  });
  const handle = (
    messages: readonly Parameters<typeof sqsMessage>[0][],
    remainingMilliseconds = 60_000,
  ): Promise<SQSBatchResponse> =>
    handler(sqsEvent(messages.map((message) => sqsMessage(message))), lambdaContext(remainingMilliseconds));
  return { handle, handler, queue, logged, handled, processed, measured, publications: () => published };
}

/** The answer that has these messages come again. */
export const failed = (...names: readonly string[]) => ({
  batchItemFailures: names.map((itemIdentifier) => ({ itemIdentifier })),
});
