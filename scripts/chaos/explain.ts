// Whether the traces of a few images explain all that a run of chaos did to them, held against what it knows that it did.

import { gather } from '../image/gather.ts';
import { laptopLines } from '../image/laptop-lines.ts';
import { type Entry, timelineOf } from '../image/timeline.ts';
import { messageIdsOf } from '../image/trace.ts';
import type { Stage } from '../operations/stage.ts';
import type { FaultLog } from './upload-under-faults.ts';

export interface Unexplained {
  readonly imageId: string;
  readonly flaw: string;
}

/** Milliseconds that a kill takes, until the last process is gone. */
const killMilliseconds = 2_000;

/** @param dataDir of the stack, whose log is there @returns what no trace explains, or what contradicts what happened */
export async function unexplained(
  stage: Stage,
  dataDir: string,
  imageIds: readonly string[],
  log: FaultLog,
): Promise<Unexplained[]> {
  const found: Unexplained[] = [];
  for (const imageId of imageIds) {
    const gathered = await gather(stage, imageId);
    const lines = await laptopLines(dataDir, imageId, messageIdsOf(gathered));
    const ended = new Map(
      lines.map((line) => [`${line['messageId']} ${line['attempt']} ${line.message}`, line]),
    );
    const timeline = timelineOf(lines);
    const endOf = ({ messageId, attempt }: Entry) =>
      [...ended.values()].find(
        (line) =>
          line['messageId'] === messageId &&
          line['attempt'] === attempt &&
          line.message !== 'message received',
      )?.timestamp;
    const flaws = flawsOf(timeline, log.repeats.get(imageId) ?? 0, log.killedAt, endOf);
    found.push(...flaws.map((flaw) => ({ imageId, flaw })));
  }
  return found;
}

/**
 * What is wrong with one timeline.
 * @param repeats how often an event of the image was published again
 * @param killedAt when everything was killed
 * @param endOf the time of the line that a receive ended with
 */
export function flawsOf(
  timeline: readonly Entry[],
  repeats: number,
  killedAt: readonly number[],
  endOf: (receive: Entry) => string | undefined,
): string[] {
  const receives = timeline.filter(({ messageId }) => messageId !== undefined);
  const messages = new Set(receives.map(({ messageId }) => messageId));
  const survivors = receives.filter((receive) => {
    const end = endOf(receive);
    const { at = 0 } = receive;
    return (
      end !== undefined && killedAt.some((kill) => at < kill && Date.parse(end) > kill + killMilliseconds)
    );
  });
  const silent = receives.filter(
    ({ kind, text }) => kind === 'receive' && /: will retry/.test(text) && !/because of|again in/.test(text),
  );
  return [
    ...(receives.some(({ text }) => /: (done|rejected|failed)/.test(text)) ? [] : ['No receive settled it.']),
    // Every event comes to each worker by a message of its own.
    ...(messages.size >= 2 * (1 + repeats)
      ? []
      : [`${repeats} repetitions, but only ${messages.size} messages of two workers.`]),
    ...survivors.map(({ text }) => `It ended although everything was killed meanwhile: ${text}`),
    ...silent.map(({ text }) => `It does not say why it is repeated: ${text}`),
  ];
}
