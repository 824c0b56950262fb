// Dead letter messages in figures: by queue and failure code, with counts and ages. Pure.
import { formatDuration } from '../terminal/figures.ts';
import { renderTable } from '../terminal/table.ts';
import type { DiagnosedMessage } from './dead-letter-message.ts';

export interface Group {
  readonly queue: string;
  readonly code: string;
  readonly route: DiagnosedMessage['route'];
  readonly count: number;
  readonly images: number;
  /** Milliseconds since the message was first sent. */
  readonly oldestMilliseconds: number;
  readonly newestMilliseconds: number;
  /** One of them, to look at with `show`. */
  readonly example: string;
}

/** Groups messages by queue, code and route, the largest group first. */
export function groupMessages(messages: readonly DiagnosedMessage[], now: Date): Group[] {
  const grouped = Object.groupBy(messages, ({ store, code, route }) =>
    JSON.stringify([store.queue.name, code, route]),
  );
  const groups = Object.values(grouped).flatMap((members = []) => {
    const [first] = members;
    if (first === undefined) return [];
    const ages = members.map(({ sentAt }) => now.getTime() - sentAt.getTime());
    return {
      queue: first.store.queue.name,
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
  const rows = groups.map(
    ({ queue, code, count, images, oldestMilliseconds, newestMilliseconds, example }) => {
      const ages = [formatDuration(oldestMilliseconds), formatDuration(newestMilliseconds)];
      return [queue, code, count, images, ...ages, example];
    },
  );
  return renderTable(rows, {
    head: ['queue', 'failure code', 'messages', 'images', 'oldest', 'newest', 'for example'],
    align: ['left', 'left', 'right', 'right', 'right', 'right', 'left'],
  });
}
