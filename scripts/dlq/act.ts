// Acts on surveyed letters one received batch at a time, so that a kill between any two steps loses nothing: a letter
// is deleted only once it has arrived elsewhere, and what is not deleted shows again in the DLQ.
import { DeleteMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { Progress } from '../operations/progress.ts';
import type { Stage, TaskQueues } from '../operations/stage.ts';
import { type ReceiveOptions, receiveAll, release } from './receive.ts';
import type { DiagnosedLetter } from './survey.ts';

export interface Acted {
  /** Dealt with and gone from the DLQ. */
  readonly done: number;
  /** Still in the DLQ: sending or deleting failed. */
  readonly kept: number;
  /** Somebody else took them between the survey and now. */
  readonly vanished: number;
}

/** Deals with a batch before it is deleted. @returns the letters that may be deleted */
export type Deal = (letters: readonly DiagnosedLetter[]) => Promise<readonly DiagnosedLetter[]>;

/** Receives the letters again, deals with each batch and deletes it. Whatever else is received is given back. */
export async function act(
  stage: Stage,
  letters: readonly DiagnosedLetter[],
  deal: Deal,
  options: ReceiveOptions,
  progress: Progress,
): Promise<Acted> {
  progress.start(letters.length);
  try {
    const acted = await Promise.all(
      stage.queues.map((queues) =>
        actOnQueue(
          stage,
          queues,
          letters.filter((letter) => letter.queues.task === queues.task),
          deal,
          options,
          progress,
        ),
      ),
    );
    const sum = (key: keyof Acted) => acted.reduce((total, one) => total + one[key], 0);
    return { done: sum('done'), kept: sum('kept'), vanished: sum('vanished') };
  } finally {
    progress.stop();
  }
}

async function actOnQueue(
  stage: Stage,
  { dead }: TaskQueues,
  letters: readonly DiagnosedLetter[],
  deal: Deal,
  options: ReceiveOptions,
  progress: Progress,
): Promise<Acted> {
  const { sqs } = stage.clients;
  const outstanding = new Map(letters.map((letter) => [letter.messageId, letter]));
  const givenBack: string[] = [];
  let done = 0;
  let kept = 0;
  if (outstanding.size === 0) return { done, kept, vanished: 0 };
  try {
    for await (const messages of receiveAll(stage, dead, options)) {
      const batch: DiagnosedLetter[] = [];
      for (const { MessageId = '', ReceiptHandle = '' } of messages) {
        const letter = outstanding.get(MessageId);
        if (letter) batch.push({ ...letter, receiptHandle: ReceiptHandle });
        else givenBack.push(ReceiptHandle);
        outstanding.delete(MessageId);
      }
      const deleted = batch.length > 0 ? await remove(stage, dead.url, await deal(batch)) : 0;
      done += deleted;
      kept += batch.length - deleted;
      progress.advance(batch.length);
      if (outstanding.size === 0) break;
    }
    return { done, kept, vanished: outstanding.size };
  } finally {
    await release(sqs, dead, givenBack);
  }
}

async function remove(stage: Stage, QueueUrl: string, letters: readonly DiagnosedLetter[]): Promise<number> {
  if (letters.length === 0) return 0;
  const Entries = letters.map(({ receiptHandle }, index) => ({
    Id: String(index),
    ReceiptHandle: receiptHandle,
  }));
  const { Successful = [] } = await stage.clients.sqs.send(
    new DeleteMessageBatchCommand({ QueueUrl, Entries }),
  );
  return Successful.length;
}
