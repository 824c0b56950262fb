// Redrives selected messages: natively where everything goes back as it is, otherwise message by message.

import type { Stage } from '../operations/stage.ts';
import { noProgress, type Progress } from '../terminal/progress.ts';
import { type DiagnosedMessage, isHeld } from './dead-letter-message.ts';
import { deliver } from './deliver.ts';
import { type Handled, handleAndDelete } from './handle.ts';
import { moveAll } from './move-task.ts';
import type { ReceiveOptions } from './receive.ts';
import type { Survey } from './survey.ts';

export interface Redriven extends Handled {
  readonly how: 'native' | 'message by message';
}

/** Native moving takes all of a DLQ, and as it is: a rejected file would come back as a message for one worker. */
export function canMoveNatively(
  { messages, isComplete }: Survey,
  selected: readonly DiagnosedMessage[],
): boolean {
  const dead = messages.filter(({ store }) => store.kind === 'dlq');
  const isEverything = isComplete && selected.length === dead.length;
  return isEverything && selected.every(isAsSqsMovedIt);
}

/** What a worker put aside itself carries a code. */
function isAsSqsMovedIt({ store, attributes }: DiagnosedMessage): boolean {
  return store.kind === 'dlq' && attributes['failureCode'] === undefined;
}

/**
 * Redrives those of the selected messages whose images no worker holds.
 * @returns what became of them, and how many stay because a worker holds their image: a minute later they can go
 */
export async function redriveFree(
  stage: Stage,
  surveyed: Survey,
  selected: readonly DiagnosedMessage[],
  options: ReceiveOptions,
  progress: Progress = noProgress,
): Promise<Redriven & { readonly held: number }> {
  const now = new Date();
  const free = selected.filter((message) => !isHeld(message, now));
  const redriven = await redrive(stage, surveyed, free, options, progress);
  return { ...redriven, held: selected.length - free.length };
}

export async function redrive(
  stage: Stage,
  surveyed: Survey,
  selected: readonly DiagnosedMessage[],
  options: ReceiveOptions,
  progress: Progress = noProgress,
): Promise<Redriven> {
  if (canMoveNatively(surveyed, selected)) {
    const moved = await moveNatively(stage, selected, progress);
    if (moved !== undefined) return { how: 'native', done: moved, kept: 0, vanished: 0 };
  }
  const deliverAll = (messages: readonly DiagnosedMessage[]) => deliver(stage, messages);
  const handled = await handleAndDelete(stage, selected, deliverAll, options, progress);
  return { how: 'message by message', ...handled };
}

async function moveNatively(
  stage: Stage,
  selected: readonly DiagnosedMessage[],
  progress: Progress,
): Promise<number | undefined> {
  progress.expect(selected.length);
  try {
    let total = 0;
    for (const queues of stage.queues) {
      if (!selected.some((message) => message.queues.task === queues.task)) continue;
      const moved = await moveAll(stage, queues, progress);
      if (moved === undefined) return undefined;
      total += moved;
    }
    return total;
  } finally {
    progress.stop();
  }
}
