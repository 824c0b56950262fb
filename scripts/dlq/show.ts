// One dead letter in full: what it says, why it is here, and what its image's record says now. Pure.
import { statusOf } from '../../shared/domain/status.ts';
import { OperatorError } from '../operations/command-line.ts';
import { formatDuration } from '../operations/format.ts';
import type { DiagnosedLetter } from './survey.ts';

/**
 * The letter with this message ID, or the only one that begins with it.
 * @throws {OperatorError} when there is none, or more than one
 */
export function findLetter(letters: readonly DiagnosedLetter[], messageId: string): DiagnosedLetter {
  const found = letters.filter((letter) => letter.messageId.startsWith(messageId));
  const [letter] = found;
  if (letter === undefined) throw new OperatorError(`No DLQ holds a message ${messageId}.`);
  if (found.length > 1) throw new OperatorError(`${found.length} messages begin with ${messageId}.`);
  return letter;
}

/** Everything that is known of a letter, as a document. */
export function describeLetter(letter: DiagnosedLetter): Record<string, unknown> {
  const { queues, messageId, code, message, route, sentAt, receiveCount, attributes, record } = letter;
  return {
    messageId,
    queue: queues.dead.name,
    ...{ code, message },
    redriveGoesTo: route === 'topic' ? 'the uploads topic' : queues.source.name,
    sentAt: sentAt.toISOString(),
    receiveCount,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, value.StringValue ?? null]),
    ),
    events: letter.events,
    body: jsonOrText(letter.body),
    imageId: letter.imageId ?? null,
    status: record ? statusOf(record) : null,
    record: record ?? null,
  };
}

/** The letter for a terminal: the essence in lines, the rest as JSON. */
export function renderLetter(letter: DiagnosedLetter, now: Date): string {
  const { record, imageId, code, message, receiveCount, sentAt, messageId, queues } = letter;
  const age = formatDuration(now.getTime() - sentAt.getTime());
  const { events, body, attributes, redriveGoesTo } = describeLetter(letter);
  const section = (title: string, content: unknown) => `${title}\n${JSON.stringify(content, undefined, 2)}`;
  return [
    `message    ${messageId} in ${queues.dead.name}`,
    `failure    ${code}: ${message}`,
    `sent       ${sentAt.toISOString()}, ${age} ago, received ${receiveCount} times`,
    `image      ${imageId ?? 'unknown'}${record ? `, now ${statusOf(record)}` : ', without a record'}`,
    `redrive    goes to ${redriveGoesTo}`,
    section('attributes', attributes),
    section('events', events),
    section('body', body),
    section('record', record ?? null),
  ].join('\n');
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
