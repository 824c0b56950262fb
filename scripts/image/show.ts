// One image at a terminal, or as a document: its record in lines, its messages, its objects, and what to do next. Pure.

import { currentTask } from '../../shared/domain/image-record.ts';
import { statusOf } from '../../shared/domain/status.ts';
import { tasks } from '../../shared/domain/tasks.ts';
import { rowOf } from '../dlq/each.ts';
import { formatBytes } from '../terminal/figures.ts';
import type { Gathered } from './gather.ts';
import type { Situation } from './situation.ts';

/** Everything that is known, as a document. */
export function describeImage(gathered: Gathered, { says, command }: Situation, now: Date) {
  const { record, original, renditions, putAside, queues } = gathered;
  return {
    ...{ imageId: record.imageId, status: statusOf(record), next: { says, command: command ?? null } },
    ...{ original: original ?? null, renditions, queues },
    putAside: putAside.map((message) => rowOf(message, now)),
    record,
  };
}

/** @param page where the page is that shows traces, when there is one */
export function renderImage(
  gathered: Gathered,
  { says, command }: Situation,
  now: Date,
  page?: string,
): string {
  const { record, original, renditions, putAside, queues } = gathered;
  const listed = new Set((record.renditions ?? []).map(({ key }) => key));
  const stray = renditions.filter(({ key }) => !listed.has(key)).length;
  const stored = renditions.length - stray;
  const rows: [string, string | undefined][] = [
    ['image', record.imageId],
    ['page', page && `${page}/#/operations/images/${record.imageId}`],
    ['status', `${statusOf(record)}${record.announced ? ', announced' : ''}`],
    ['file', record.fileName],
    ['owner', record.ownerId],
    ['created', record.createdAt],
    ['changed', record.updatedAt],
    ['request', record.upload?.requestId],
    ...tasks.map((task): [string, string] => [task, taskLine(gathered, task)]),
    [
      'original',
      original ? `${formatBytes(original.bytes)} in ${original.bucket}/${original.key}` : 'not in S3',
    ],
    [
      'objects',
      `${stored} of ${listed.size} are in S3${stray > 0 ? `, and ${stray} that the record does not list` : ''}`,
    ],
    ...putAside.map((message): [string, string] => {
      const { messageId, queue, code, message: why } = rowOf(message, now);
      return ['put aside', `${messageId.slice(0, 8)} in ${queue}: ${code}, ${why}`];
    }),
    ...queues.map(({ name, visible, inFlight }): [string, string] => [
      'queue',
      `${name}: ${visible} wait, ${inFlight} in flight`,
    ]),
  ];
  const lines = rows.flatMap(([label, text]) => (text === undefined ? [] : `${label.padEnd(11)}${text}`));
  return [...lines, '', says, ...(command === undefined ? [] : [`  ${command}`])].join('\n');
}

function taskLine({ record }: Gathered, task: (typeof tasks)[number]): string {
  const current = currentTask(record, task);
  if (current === undefined) return 'not begun';
  const { state, receiveCount, messageId, failure } = current;
  const why = failure === undefined ? '' : `, ${failure.code}: ${failure.message}`;
  return `${state} at receive ${receiveCount} of message ${messageId.slice(0, 8)}${why}`;
}
