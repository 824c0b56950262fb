// The timeline of one image at a terminal, between what S3 and the record know beside the log. Pure.

import { statusOf } from '../../shared/domain/status.ts';
import { taskAttribute, tasks } from '../../shared/domain/tasks.ts';
import type { Gathered } from './gather.ts';
import type { Situation } from './situation.ts';
import type { Entry } from './timeline.ts';

/** Messages that are known to be the image's although no line of it may say so. */
export function messageIdsOf({ record, putAside }: Gathered): string[] {
  const holding = tasks.flatMap((task) => record[taskAttribute(task)]?.messageId ?? []);
  return [...holding, ...putAside.map(({ messageId }) => messageId)];
}

/** Times are UTC, so that they can be held against any log. */
export function renderTimeline(
  { record, original }: Gathered,
  timeline: readonly Entry[],
  { says, command }: Situation,
): string {
  const lines = timeline.map(({ at, text }) => `${at === undefined ? '?'.padEnd(23) : timeOf(at)}  ${text}`);
  const none = timeline.length === 0 ? ['The log has no line of it.'] : [];
  return [
    ...lines,
    ...none,
    '',
    ...(original ? [`Its original, ${original.bytes} bytes, is in S3 since ${original.storedAt}.`] : []),
    `It is ${statusOf(record)}${record.announced ? ', and consumers were told' : ''}. ${says}`,
    ...(command === undefined ? [] : [`  ${command}`]),
  ].join('\n');
}

function timeOf(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').replace('Z', '');
}
