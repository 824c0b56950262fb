// Handles surveyed messages one received batch at a time, so that a kill between any two steps loses nothing: a message
// is deleted only once it has arrived elsewhere, and what is not deleted shows again where it was.
import { DeleteMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { Queue, Stage } from '../operations/stage.ts';
import { noProgress, type Progress } from '../terminal/progress.ts';
import type { DiagnosedMessage } from './dead-letter-message.ts';
import { type ReceiveOptions, receiveAll, release } from './receive.ts';
import { storesOf } from './stores.ts';

export interface Handled {
  /** Handled and gone. */
  readonly done: number;
  /** Still there: sending or deleting failed. */
  readonly kept: number;
  /** Somebody else took them between the survey and now. */
  readonly vanished: number;
}

/** What happens to a batch before it is deleted. @returns the messages that may be deleted */
export type Handler = (messages: readonly DiagnosedMessage[]) => Promise<readonly DiagnosedMessage[]>;

/** Receives the messages again, handles each batch and deletes it. Whatever else is received is given back. */
export async function handleAndDelete(
  stage: Stage,
  messages: readonly DiagnosedMessage[],
  handle: Handler,
  options: ReceiveOptions,
  progress: Progress = noProgress,
): Promise<Handled> {
  progress.expect(messages.length);
  try {
    const handled = await Promise.all(
      storesOf(stage).map(({ queue }) =>
        handleQueue(
          stage,
          queue,
          messages.filter((message) => message.store.queue.url === queue.url),
          handle,
          options,
          progress,
        ),
      ),
    );
    const sum = (key: keyof Handled) => handled.reduce((total, one) => total + one[key], 0);
    return { done: sum('done'), kept: sum('kept'), vanished: sum('vanished') };
  } finally {
    progress.stop();
  }
}

async function handleQueue(
  stage: Stage,
  queue: Queue,
  messages: readonly DiagnosedMessage[],
  handle: Handler,
  options: ReceiveOptions,
  progress: Progress,
): Promise<Handled> {
  const { sqs } = stage.clients;
  const outstanding = new Map(messages.map((message) => [message.messageId, message]));
  const givenBack: string[] = [];
  let done = 0;
  let kept = 0;
  if (outstanding.size === 0) return { done, kept, vanished: 0 };
  try {
    for await (const received of receiveAll(stage, queue, options)) {
      const batch: DiagnosedMessage[] = [];
      for (const { MessageId = '', ReceiptHandle = '' } of received) {
        const message = outstanding.get(MessageId);
        if (message) batch.push({ ...message, receiptHandle: ReceiptHandle });
        else givenBack.push(ReceiptHandle);
        outstanding.delete(MessageId);
      }
      const deleted = batch.length > 0 ? await remove(stage, queue.url, await handle(batch)) : 0;
      done += deleted;
      kept += batch.length - deleted;
      progress.advance(batch.length);
      if (outstanding.size === 0) break;
    }
    return { done, kept, vanished: outstanding.size };
  } finally {
    await release(sqs, queue, givenBack);
  }
}

async function remove(
  stage: Stage,
  QueueUrl: string,
  messages: readonly DiagnosedMessage[],
): Promise<number> {
  if (messages.length === 0) return 0;
  const Entries = messages.map(({ receiptHandle }, index) => ({
    Id: String(index),
    ReceiptHandle: receiptHandle,
  }));
  const { Successful = [] } = await stage.clients.sqs.send(
    new DeleteMessageBatchCommand({ QueueUrl, Entries }),
  );
  return Successful.length;
}
