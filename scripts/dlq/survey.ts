// Looks through the stage's DLQs: every letter with its diagnosis, and all of them visible again afterwards.
import type { ImageRecord } from '../../shared/domain/image-record.ts';
import type { Progress } from '../operations/progress.ts';
import { readRecords } from '../operations/records.ts';
import type { Stage, TaskQueues } from '../operations/stage.ts';
import { type Diagnosis, diagnose, type Letter, toLetter } from './letter.ts';
import { approximateCount, type ReceiveOptions, receiveAll, release } from './receive.ts';

export interface DiagnosedLetter extends Letter, Diagnosis {
  readonly record: ImageRecord | undefined;
}

export interface Survey {
  readonly letters: readonly DiagnosedLetter[];
  /** False when there are more messages than the survey was allowed to look at. */
  readonly isComplete: boolean;
}

export interface SurveyOptions extends ReceiveOptions {
  /** Of each queue. */
  readonly maxMessages: number;
}

/** Which letters are meant; nothing given means all. */
export interface Selection {
  readonly queue?: string | undefined;
  readonly code?: string | undefined;
  readonly imageId?: string | undefined;
  readonly olderThanMilliseconds?: number | undefined;
}

export function isSelected(letter: DiagnosedLetter, selection: Selection, now: Date): boolean {
  const { queue, code, imageId, olderThanMilliseconds } = selection;
  return (
    (queue === undefined || queue === letter.queues.dead.name || queue === letter.queues.task) &&
    (code === undefined || code === letter.code) &&
    (imageId === undefined || imageId === letter.imageId) &&
    (olderThanMilliseconds === undefined || now.getTime() - letter.sentAt.getTime() >= olderThanMilliseconds)
  );
}

/** Receives every message of every DLQ once, at most so many a queue, and gives all of them back. */
export async function survey(stage: Stage, options: SurveyOptions, progress: Progress): Promise<Survey> {
  const { maxMessages } = options;
  const { sqs } = stage.clients;
  const counts = await Promise.all(stage.queues.map(({ dead }) => approximateCount(sqs, dead)));
  progress.start(counts.reduce((sum, count) => sum + Math.min(count, maxMessages), 0));
  try {
    const surveyed = await Promise.all(
      stage.queues.map((queues) => surveyQueue(stage, queues, options, progress)),
    );
    return {
      letters: surveyed.flatMap(({ letters }) => letters),
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
  const letters: Letter[] = [];
  let isComplete = true;
  try {
    for await (const messages of receiveAll(stage, queues.dead, options)) {
      letters.push(...messages.map((message) => toLetter(message, queues)));
      progress.advance(messages.length);
      isComplete = letters.length < options.maxMessages;
      if (!isComplete) break;
    }
    return { letters: await withDiagnosis(stage, letters), isComplete };
  } finally {
    await release(
      sqs,
      queues.dead,
      letters.map(({ receiptHandle }) => receiptHandle),
    );
  }
}

/** Adds to each letter why it is here, reading the records of the images that they are about. */
async function withDiagnosis(stage: Stage, letters: readonly Letter[]): Promise<DiagnosedLetter[]> {
  const imageIds = letters.flatMap(({ imageId }) => imageId ?? []);
  const records = await readRecords(stage, imageIds);
  return letters.map((letter) => {
    const record = records.get(letter.imageId ?? '');
    return { ...letter, ...diagnose(letter, record), record };
  });
}
