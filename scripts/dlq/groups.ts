// Letters in figures: by queue and failure code, with counts and ages. Pure.
import Table from 'cli-table3';
import { formatDuration } from '../operations/format.ts';
import type { DiagnosedLetter } from './survey.ts';

export interface Group {
  readonly queue: string;
  readonly code: string;
  readonly route: DiagnosedLetter['route'];
  readonly count: number;
  readonly images: number;
  /** Milliseconds since the message was first sent. */
  readonly oldestMilliseconds: number;
  readonly newestMilliseconds: number;
  /** One of them, to look at with `show`. */
  readonly example: string;
}

/** Groups letters by queue, code and route, the largest group first. */
export function groupLetters(letters: readonly DiagnosedLetter[], now: Date): Group[] {
  const grouped = Object.groupBy(letters, ({ queues, code, route }) =>
    JSON.stringify([queues.dead.name, code, route]),
  );
  const groups = Object.values(grouped).flatMap((members = []) => {
    const [first] = members;
    if (first === undefined) return [];
    const ages = members.map(({ sentAt }) => now.getTime() - sentAt.getTime());
    return {
      queue: first.queues.dead.name,
      code: first.code,
      route: first.route,
      count: members.length,
      images: new Set(members.map(({ imageId, messageId }) => imageId ?? messageId)).size,
      oldestMilliseconds: ages.reduce((one, other) => Math.max(one, other)),
      newestMilliseconds: ages.reduce((one, other) => Math.min(one, other)),
      example: first.messageId,
    };
  });
  return groups.toSorted((one, other) => other.count - one.count);
}

/** The groups as a table for a terminal. */
export function renderGroups(groups: readonly Group[]): string {
  const table = new Table({
    head: ['queue', 'failure code', 'messages', 'images', 'oldest', 'newest', 'for example'],
    style: { head: [], border: [] },
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'left'],
  });
  for (const { queue, code, count, images, oldestMilliseconds, newestMilliseconds, example } of groups) {
    const ages = [formatDuration(oldestMilliseconds), formatDuration(newestMilliseconds)];
    table.push([queue, code, count, images, ...ages, example]);
  }
  return table.toString();
}
