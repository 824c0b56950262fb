// What lies in the DLQs and among the rejections, by queue and failure code, and how it is sent back to work. Both are what
// `npm run dlq` does.

import type { DeadLetterGroup, DeadLettersAnswer, RedriveAnswer } from '../../web/src/operations/answers.ts';
import type { DiagnosedMessage } from '../dlq/dead-letter-message.ts';
import { redriveFree } from '../dlq/redrive.ts';
import { isSelected, type Selection, survey } from '../dlq/survey.ts';
import { receiving } from '../image/gather.ts';
import type { Stage } from '../operations/stage.ts';
import { briefOf } from './brief.ts';

/** Of each queue: a view is for the eye, and a redrive counts anew. */
const maxMessages = 1000;
const maxImages = 12;

export async function readDeadLetters(stage: Stage, now: Date): Promise<DeadLettersAnswer> {
  const { messages, isComplete, inFlight } = await survey(stage, { ...receiving, maxMessages });
  const grouped = Object.groupBy(messages, ({ store, code }) => `${store.queue.name} ${code}`);
  const groups = await Promise.all(
    Object.values(grouped).map((members = []) => groupOf(stage, members, now)),
  );
  return {
    groups: groups.flat().toSorted((one, other) => other.messages - one.messages),
    ...{ isComplete, maxMessages, unseen: inFlight },
  };
}

export async function redriveSelected(stage: Stage, selection: Selection, now: Date): Promise<RedriveAnswer> {
  const surveyed = await survey(stage, receiving);
  const selected = surveyed.messages.filter((message) => isSelected(message, selection, now));
  const { done, kept, vanished, held } = await redriveFree(stage, surveyed, selected, receiving);
  return { redriven: done, kept, vanished, held };
}

/** One group, or none of no messages. */
async function groupOf(
  stage: Stage,
  members: readonly DiagnosedMessage[],
  now: Date,
): Promise<DeadLetterGroup[]> {
  const [oldest, ...others] = members.toSorted((one, other) => one.sentAt.getTime() - other.sentAt.getTime());
  if (oldest === undefined) return [];
  const { store, queues, code, failureMessage } = oldest;
  const recordOf = new Map(members.flatMap(({ imageId, record }) => (imageId ? [[imageId, record]] : [])));
  const images = [...recordOf].slice(0, maxImages);
  return [
    {
      ...{ queue: store.queue.name, kind: store.kind, task: store.kind === 'dlq' ? queues.task : null },
      ...{ code, example: failureMessage, messages: members.length },
      oldestAt: oldest.sentAt.toISOString(),
      newestAt: (others.at(-1) ?? oldest).sentAt.toISOString(),
      imageCount: recordOf.size,
      images: await Promise.all(images.map(([imageId, record]) => briefOf(stage, imageId, record, now))),
    },
  ];
}
