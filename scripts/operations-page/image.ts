// One image as `npm run image` explains it: where it stands and what to do, and its trace.

import { currentTask } from '../../shared/domain/image-record.ts';
import { statusOf } from '../../shared/domain/status.ts';
import { tasks } from '../../shared/domain/tasks.ts';
import type { ImageAnswer, TaskState, TraceAnswer } from '../../web/src/operations/answers.ts';
import { type Gathered, gather } from '../image/gather.ts';
import { readTrace } from '../image/read-trace.ts';
import { situationOf } from '../image/situation.ts';
import type { Stage } from '../operations/stage.ts';
import { briefOf } from './brief.ts';

/** Of the tools, when they are given none. */
const usualStage = 'dev';
/** For a stage that is no laptop: the view is of a laptop, or of an emulator. */
const since = 86_400_000;

/** @throws {OperatorError} when there is no such image */
export async function readImageTrace(
  stage: Stage,
  dataDir: string,
  imageId: string,
  now: Date,
): Promise<TraceAnswer> {
  const gathered = await gather(stage, imageId);
  const { timeline } = await readTrace(stage, gathered, { dataDir, since }, now);
  return {
    image: await answerOf(stage, gathered, now),
    timeline: timeline.map(({ at = null, messageId: _untold, ...entry }) => ({ at, ...entry })),
  };
}

async function answerOf(stage: Stage, gathered: Gathered, now: Date): Promise<ImageAnswer> {
  const { record, original, putAside, renditions } = gathered;
  const place = stage.name === usualStage ? '' : ` --stage ${stage.name}`;
  const known = { putAside: putAside.length, hasOriginal: original !== undefined, place };
  const { says, command = null, retry } = situationOf(record, known, now);
  return {
    ...(await briefOf(stage, record.imageId, record, now)),
    status: statusOf(record),
    createdAt: record.createdAt ?? null,
    ...{ updatedAt: record.updatedAt, isAnnounced: record.announced !== undefined },
    tasks: tasks.map((task): TaskState => {
      const { state = 'not begun', receiveCount = 0, failure } = currentTask(record, task) ?? {};
      return { task, state, receiveCount, code: failure?.code ?? null };
    }),
    original: original ? { bytes: original.bytes, storedAt: original.storedAt ?? null } : null,
    renditionCount: renditions.length,
    putAside: putAside.map(({ store, code }) => ({ queue: store.queue.name, code })),
    next: { says, command, canRedrive: retry === 'redrive' },
  };
}
