// Looks through the stage's DLQs and its rejections: every message with its diagnosis, and all of them visible again afterwards.

import { readRecords } from '../operations/records.ts';
import type { Stage } from '../operations/stage.ts';
import { noProgress, type Progress } from '../terminal/progress.ts';
import { type DeadLetterMessage, type DiagnosedMessage, decode, diagnose } from './dead-letter-message.ts';
import { approximateCounts, type ReceiveOptions, receiveAll, release } from './receive.ts';
import { isNamed, type Store, storesOf } from './stores.ts';

export interface Survey {
  readonly messages: readonly DiagnosedMessage[];
  /** False when there are more messages than the survey was allowed to look at. */
  readonly isComplete: boolean;
  /** About how many somebody else has received and not given back: they are not among the messages. */
  readonly inFlight: number;
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
    (queue === undefined || isNamed(message.store, queue)) &&
    (code === undefined || code === message.code) &&
    (imageId === undefined || imageId === message.imageId) &&
    (olderThanMilliseconds === undefined || now.getTime() - message.sentAt.getTime() >= olderThanMilliseconds)
  );
}

/** Receives every message that was put aside once, at most so many a queue, and gives all of them back. */
export async function survey(
  stage: Stage,
  options: SurveyOptions,
  progress: Progress = noProgress,
): Promise<Survey> {
  const { maxMessages } = options;
  const { sqs } = stage.clients;
  const stores = storesOf(stage);
  const counts = await Promise.all(stores.map(({ queue }) => approximateCounts(sqs, queue)));
  progress.expect(counts.reduce((sum, { visible }) => sum + Math.min(visible, maxMessages), 0));
  try {
    const surveyed = await Promise.all(stores.map((store) => surveyStore(stage, store, options, progress)));
    return {
      messages: surveyed.flatMap(({ messages }) => messages),
      isComplete: surveyed.every(({ isComplete }) => isComplete),
      inFlight: counts.reduce((sum, { inFlight }) => sum + inFlight, 0),
    };
  } finally {
    progress.stop();
  }
}

async function surveyStore(
  stage: Stage,
  store: Store,
  options: SurveyOptions,
  progress: Progress,
): Promise<Omit<Survey, 'inFlight'>> {
  const { sqs } = stage.clients;
  const messages: DeadLetterMessage[] = [];
  let isComplete = true;
  try {
    for await (const received of receiveAll(stage, store.queue, options)) {
      messages.push(...received.map((message) => decode(message, store, stage.originalsBucket)));
      progress.advance(received.length);
      isComplete = messages.length < options.maxMessages;
      if (!isComplete) break;
    }
    return { messages: await withDiagnosis(stage, messages), isComplete };
  } finally {
    await release(
      sqs,
      store.queue,
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
