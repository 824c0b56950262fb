// Redrives selected letters: natively where everything goes back as it is, otherwise letter by letter.
import type { Progress } from '../operations/progress.ts';
import type { Stage } from '../operations/stage.ts';
import { type Acted, act } from './act.ts';
import { deliver } from './deliver.ts';
import { moveAll } from './move-task.ts';
import type { ReceiveOptions } from './receive.ts';
import type { DiagnosedLetter, Survey } from './survey.ts';

export interface Redriven extends Acted {
  readonly how: 'native' | 'letter by letter';
}

/** Native moving takes all of a queue, and as it is: a rejected file would come back as a message for one worker. */
export function canMoveNatively(
  { letters, isComplete }: Survey,
  selected: readonly DiagnosedLetter[],
): boolean {
  const isEverything = isComplete && selected.length === letters.length;
  return isEverything && selected.every(({ attributes }) => attributes['failureCode'] === undefined);
}

export async function redrive(
  stage: Stage,
  surveyed: Survey,
  selected: readonly DiagnosedLetter[],
  options: ReceiveOptions,
  progress: Progress,
): Promise<Redriven> {
  if (canMoveNatively(surveyed, selected)) {
    const moved = await moveNatively(stage, selected, progress);
    if (moved !== undefined) return { how: 'native', done: moved, kept: 0, vanished: 0 };
  }
  const acted = await act(stage, selected, (letters) => deliver(stage, letters), options, progress);
  return { how: 'letter by letter', ...acted };
}

async function moveNatively(
  stage: Stage,
  selected: readonly DiagnosedLetter[],
  progress: Progress,
): Promise<number | undefined> {
  progress.start(selected.length);
  try {
    let total = 0;
    for (const queues of stage.queues) {
      if (!selected.some((letter) => letter.queues.task === queues.task)) continue;
      const moved = await moveAll(stage, queues, progress);
      if (moved === undefined) return undefined;
      total += moved;
    }
    return total;
  } finally {
    progress.stop();
  }
}
