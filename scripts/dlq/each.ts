// Messages that were put aside, a row each. Pure.

import { formatDuration } from '../terminal/figures.ts';
import { shortened } from '../terminal/shortened.ts';
import { renderTable } from '../terminal/table.ts';
import type { DiagnosedMessage } from './dead-letter-message.ts';

/** As many characters of a message ID as `show` wants to tell it from others. */
const idCharacters = 8;
const reasonColumns = 48;

/** What is known of one message, without its body. */
export function rowOf(message: DiagnosedMessage, now: Date) {
  const { messageId, store, code, imageId, sentAt, receiveCount, failureMessage } = message;
  return {
    ...{ messageId, queue: store.queue.name, code, imageId: imageId ?? null },
    ageMilliseconds: now.getTime() - sentAt.getTime(),
    ...{ receiveCount, message: failureMessage },
  };
}

/** The oldest first. */
export function renderEach(messages: readonly DiagnosedMessage[], now: Date): string {
  const rows = messages
    .map((message) => rowOf(message, now))
    .toSorted((one, other) => other.ageMilliseconds - one.ageMilliseconds)
    .map(({ messageId, queue, code, imageId, ageMilliseconds, receiveCount, message }) => [
      ...[messageId.slice(0, idCharacters), queue, code, imageId ?? 'unknown'],
      ...[formatDuration(ageMilliseconds), receiveCount, shortened(message, reasonColumns)],
    ]);
  return renderTable(rows, {
    head: ['message', 'queue', 'failure code', 'image', 'age', 'receives', 'reason'],
    align: ['left', 'left', 'left', 'left', 'right', 'right', 'left'],
  });
}
