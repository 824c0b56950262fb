// Looks through the stage's DLQs: every message with its diagnosis, and all of them visible again afterwards.

import { readRecords } from '../operations/records.ts';
import type { Stage, TaskQueues } from '../operations/stage.ts';
import { noProgress, type Progress } from '../terminal/progress.ts';
import { type DeadLetterMessage, type DiagnosedMessage, decode, diagnose } from './dead-letter-message.ts';
import { approximateCount, type ReceiveOptions, receiveAll, release } from './receive.ts';

export interface Survey {
  readonly messages: readonly DiagnosedMessage[];
  /** False when there are more messages than the survey was allowed to look at. */
  readonly isComplete: boolean;
}

export interface SurveyOptions extends ReceiveOptions {
  /** Of each queue. */
  readonly maxMessages: number;
}

/** Which messages are meant; nothing given means all. */
export interface Selection {
  readonly queue?: string | undefined;
  readonly code?: string | undefined;
  readonly imageId?: string | undefined;
  readonly olderThanMilliseconds?: number | undefined;
}

export function isSelected(message: DiagnosedMessage, selection: Selection, now: Date): boolean {
  const { queue, code, imageId, olderThanMilliseconds } = selection;
  return (
    (queue === undefined || queue === message.queues.dlq.name || queue === message.queues.task) &&
    (code === undefined || code === message.code) &&
    (imageId === undefined || imageId === message.imageId) &&
    (olderThanMilliseconds === undefined || now.getTime() - message.sentAt.getTime() >= olderThanMilliseconds)
  );
}

/** Receives every message of every DLQ once, at most so many a queue, and gives all of them back. */
export async function survey(
  stage: Stage,
  options: SurveyOptions,
  progress: Progress = noProgress,
): Promise<Survey> {
  const { maxMessages } = options;
  const { sqs } = stage.clients;
  const counts = await Promise.all(stage.queues.map(({ dlq }) => approximateCount(sqs, dlq)));
  progress.expect(counts.reduce((sum, count) => sum + Math.min(count, maxMessages), 0));
  try {
    const surveyed = await Promise.all(
      stage.queues.map((queues) => surveyQueue(stage, queues, options, progress)),
    );
    return {
      messages: surveyed.flatMap(({ messages }) => messages),
      isComplete: surveyed.every(({ isComplete }) => isComplete),
    };
  } finally {
    progress.stop();
  }
}

async function surveyQueue(
  stage: Stage,
  queues: TaskQueues,
  options: SurveyOptions,
  progress: Progress,
): Promise<Survey> {
  const { sqs } = stage.clients;
  const messages: DeadLetterMessage[] = [];
  let isComplete = true;
  try {
    for await (const received of receiveAll(stage, queues.dlq, options)) {
      messages.push(...received.map((message) => decode(message, queues, stage.originalsBucket)));
      progress.advance(received.length);
      isComplete = messages.length < options.maxMessages;
      if (!isComplete) break;
    }
    return { messages: await withDiagnosis(stage, messages), isComplete };
  } finally {
    await release(
      sqs,
      queues.dlq,
      messages.map(({ receiptHandle }) => receiptHandle),
    );
  }
}

/** Adds to each message why it is here, reading the records of the images that they are about. */
async function withDiagnosis(
  stage: Stage,
  messages: readonly DeadLetterMessage[],
): Promise<DiagnosedMessage[]> {
  const imageIds = messages.flatMap(({ imageId }) => imageId ?? []);
  const records = await readRecords(stage, imageIds);
  return messages.map((message) => {
    const record = records.get(message.imageId ?? '');
    return { ...message, ...diagnose(message, record), record };
  });
}
