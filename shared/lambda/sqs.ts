// The SQS boundary: takes a batch apart, gives every record to the processor, and answers which ones are to come again.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html

import { randomBytes } from 'node:crypto';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import pLimit from 'p-limit';
import { asFailure, PermanentFailure, TransientFailure } from '../domain/errors.ts';
import { type OriginalEvent, parseOriginalEvents } from '../domain/events/s3-event.ts';
import { isFromSource, type OriginalSources } from '../domain/original-sources.ts';
import type { Task } from '../domain/tasks.ts';
import { createJournal, type Handled } from '../processing/journal.ts';
import type { WorkQueue } from '../processing/ports.ts';
import type { Delivery, Disposition, Processor } from '../processing/process-event.ts';
import { backoffSeconds } from './backoff.ts';
import type { FunctionMetrics } from './metrics.ts';

export interface SqsBoundaryDependencies {
  readonly process: Processor;
  readonly queue: WorkQueue;
  readonly metrics: FunctionMetrics;
  /** Which worker this is, as its lines in the log say. */
  readonly task: Task;
  readonly logger: Pick<Logger, 'error' | 'info' | 'warn'>;
  /** Events of anywhere else are refused before anything is done for them. */
  readonly sources: OriginalSources;
  /** How many records are worked on at the same time. */
  readonly concurrency: number;
  /** A record is not begun with less time than this left; it is returned to the queue. */
  readonly minimumMilliseconds: number;
  readonly maxReceiveCount: number;
  readonly retryBackoffBaseSeconds: number;
  /** How long a message can be in flight, whatever happens to it. */
  readonly visibilityTimeoutSeconds: number;
}

export type SqsHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** What a line of the log says of an event. */
type About = () => { readonly imageId: string } & Handled;

/** A disposition with what its line says, and why, where no failure does. */
type Judged = Disposition & { readonly about?: ReturnType<About>; readonly reason?: string };

/** Why a message was not acknowledged. */
type Why = Pick<Extract<Judged, { kind: 'retry' }>, 'failure' | 'reason'>;

/** Thrown to Powertools for a record that must not be deleted. */
class NotAcknowledged extends Error {}

export function createSqsHandler(dependencies: SqsBoundaryDependencies): SqsHandler {
  const { process, queue, logger, sources, maxReceiveCount, retryBackoffBaseSeconds } = dependencies;
  const limit = pLimit(dependencies.concurrency);

  return (event, context) =>
    processPartialResponse(
      event,
      (record: SQSRecord) => limit(() => settle(record, context)),
      new BatchProcessor(EventType.SQS),
      {
        context,
        throwOnFullBatchFailure: false,
      },
    ).finally(() => dependencies.metrics.publish());

  async function settle(record: SQSRecord, context: Context): Promise<void> {
    const disposition = await dispositionOf(record, context);
    if (disposition.kind === 'acknowledge') return;
    const receiveCount = receiveCountOf(record);
    const seconds = secondsToRest(disposition, receiveCount);
    const line = { ...lineOf(record, context), ...disposition.about };
    if (isLast(receiveCount)) logEnd(disposition, line);
    else {
      logRetry(disposition, { ...line, afterSeconds: seconds });
      if (disposition.failure) dependencies.metrics.measure('UnitsRetried', 1);
    }
    // Should this fail as well, the message comes back when its visibility timeout ends.
    await queue
      .delay(record.receiptHandle, seconds)
      .catch((error) => logger.warn('visibility not changed', { error }));
    throw new NotAcknowledged(record.messageId);
  }

  /** SQS moves a message to its DLQ at the receive after the last one: nothing is gained by hiding it until then. */
  function secondsToRest({ afterSeconds }: { afterSeconds?: number }, receiveCount: number): number {
    if (isLast(receiveCount)) return 0;
    return afterSeconds ?? backoffSeconds(receiveCount, retryBackoffBaseSeconds);
  }

  async function dispositionOf(record: SQSRecord, context: Context): Promise<Judged> {
    if (context.getRemainingTimeInMillis() < dependencies.minimumMilliseconds)
      return { kind: 'retry', afterSeconds: 0, reason: 'too little time was left to begin it' };
    let about: About | undefined;
    try {
      let retry: Judged | undefined;
      for (const event of await eventsIn(record, context)) {
        const journal = createJournal();
        // Unless the work comes to something else: nobody will try it again.
        if (isLast(receiveCountOf(record))) journal.note({ outcome: 'retries are over' });
        about = () => ({ imageId: event.imageId, ...journal.handled() });
        const disposition = await process(event, deliveryOf(record, context), journal);
        if (disposition.kind === 'retry') retry ??= { ...disposition, about: about() };
        else logger.info('image handled', { ...lineOf(record, context), ...about() });
      }
      return retry ?? { kind: 'acknowledge' };
    } catch (thrown) {
      const failure = asFailure(thrown);
      return {
        kind: 'retry',
        ...(about && { about: about() }),
        failure:
          failure instanceof TransientFailure
            ? failure
            : new TransientFailure('internal', failure.message, { cause: failure }),
      };
    }
  }

  /** A message that says nothing is dead-lettered here: no image could be told of it. */
  async function eventsIn(record: SQSRecord, context: Context): Promise<OriginalEvent[]> {
    const { body } = record;
    try {
      const events = parseOriginalEvents(body, sources.own.bucket);
      if (events.every((event) => isFromSource(event, sources))) return events;
      throw new PermanentFailure('malformed-message', 'an event of a bucket or prefix that is not worked on');
    } catch (thrown) {
      if (!(thrown instanceof PermanentFailure)) throw thrown;
      logger.error('malformed message', { ...lineOf(record, context), error: thrown });
      await queue.deadLetter({ body, failureCode: thrown.code, failureMessage: thrown.message });
      return [];
    }
  }

  function deliveryOf(record: SQSRecord, context: Context): Delivery {
    const receiveCount = receiveCountOf(record);
    const leaseUntil = Date.now() + context.getRemainingTimeInMillis();
    return {
      // Told apart within one record, which has it twice: it need not be longer.
      attemptId: randomBytes(9).toString('base64url'),
      messageId: record.messageId,
      receiveCount,
      leaseUntil,
      retriesEndAt:
        leaseUntil + (maxReceiveCount - receiveCount + 1) * dependencies.visibilityTimeoutSeconds * 1000,
      isRedriven: record.messageAttributes['failureCode'] !== undefined,
      body: record.body,
      isLastReceive: isLast(receiveCount),
    };
  }

  function isLast(receiveCount: number): boolean {
    return receiveCount >= maxReceiveCount;
  }

  function logRetry(why: Why, line: Record<string, unknown>): void {
    if (why.failure?.code === 'internal')
      logger.error('unexpected failure, will retry', { ...line, ...saying(why) });
    else logger.warn('will retry', { ...line, ...saying(why) });
  }

  /** SQS moves the message to its DLQ: for whoever asks how it got there. */
  function logEnd(why: Why, line: Record<string, unknown>): void {
    logger.error('retries are over', { ...line, ...saying(why) });
  }

  /** What every line of a message says. */
  function lineOf(record: SQSRecord, { awsRequestId: requestId }: Context) {
    const { task } = dependencies;
    return { task, messageId: record.messageId, attempt: receiveCountOf(record), requestId };
  }
}

/** What nobody foresaw is told with its stack. */
function saying({ failure, reason = 'held by another attempt' }: Why) {
  return failure?.code === 'internal' ? { error: failure } : { reason: failure?.message ?? reason };
}

function receiveCountOf({ attributes }: SQSRecord): number {
  return Number(attributes.ApproximateReceiveCount);
}
