// Polls one queue for one function as Lambda's event source mapping does: batches, a cap on concurrent
// invocations, and deletion of exactly what the function did not report as failed.
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteMessageBatchCommand, type Message, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { receiveBatch } from './batches.ts';
import { toRecord } from './records.ts';
import { readOutcome } from './response.ts';
import { createSlots } from './slots.ts';

/** Runs the function; rejects when it threw, timed out or is not there. */
export type Invoke = (functionName: string, event: SQSEvent) => Promise<unknown>;

export interface EventSourceMappingOptions {
  readonly sqs: SQSClient;
  readonly invoke: Invoke;
  /** One line for the terminal. */
  readonly report: (line: string) => void;
  readonly functionName: string;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly maximumConcurrency: number;
  readonly reportsBatchItemFailures: boolean;
}

export interface EventSourceMapping {
  /** Takes no more messages; resolves when the last poll and the invocations under way are over. */
  close(): Promise<void>;
}

const pauseAfterErrorMs = 1000;
const maxDeletedAtOnce = 10;

/** Starts polling. */
export function startEventSourceMapping(options: EventSourceMappingOptions): EventSourceMapping {
  const slots = createSlots(options.maximumConcurrency);
  const stopping = new AbortController();

  const poll = async () => {
    while (!stopping.signal.aborted) {
      // First a free slot, then messages: a message that waited for a slot would lose visibility time.
      await slots.take();
      const batch = stopping.signal.aborted ? [] : await receiveOrPause();
      if (batch.length === 0) slots.give();
      else void deliver(batch, options).finally(slots.give);
    }
  };
  const receiveOrPause = async (): Promise<Message[]> => {
    try {
      return await receiveBatch(options);
    } catch (error) {
      if (stopping.signal.aborted) return [];
      options.report(`Polling ${options.queueArn} failed: ${error}`);
      await sleep(pauseAfterErrorMs, undefined, { signal: stopping.signal }).catch(() => {});
      return [];
    }
  };

  const polled = poll();
  return {
    close: async () => {
      stopping.abort();
      await polled;
      await slots.allFree();
    },
  };
}

async function deliver(batch: Message[], options: EventSourceMappingOptions): Promise<void> {
  const { functionName, queueArn, report } = options;
  try {
    const event = { Records: batch.map((message) => toRecord(message, queueArn)) };
    const response = await options.invoke(functionName, event);
    await remove(done(batch, response, options), options);
  } catch (error) {
    report(`${functionName}: a batch of ${batch.length} failed and stays in the queue: ${error}`);
  }
}

function done(batch: Message[], response: unknown, options: EventSourceMappingOptions): Message[] {
  if (!options.reportsBatchItemFailures) return batch;
  const outcome = readOutcome(response, new Set(batch.map((message) => message.MessageId ?? '')));
  if (outcome.kind === 'failed-batch') throw new Error(outcome.reason);
  return batch.filter((message) => !outcome.messageIds.has(message.MessageId ?? ''));
}

async function remove(messages: Message[], { sqs, queueUrl }: EventSourceMappingOptions): Promise<void> {
  for (let start = 0; start < messages.length; start += maxDeletedAtOnce) {
    const Entries = messages
      .slice(start, start + maxDeletedAtOnce)
      .map((message, index) => ({ Id: String(index), ReceiptHandle: message.ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
}
