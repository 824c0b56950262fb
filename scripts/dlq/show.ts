// One dead letter message in full: what it says, why it is here, and what its image's record says now. Pure.
import { statusOf } from '../../shared/domain/status.ts';
import { OperatorError } from '../terminal/errors.ts';
import { formatDuration } from '../terminal/figures.ts';
import type { DiagnosedMessage } from './dead-letter-message.ts';

/**
 * The one with this message ID, or the only one that begins with it.
 * @throws {OperatorError} when there is none, or more than one
 */
export function findMessage(messages: readonly DiagnosedMessage[], messageId: string): DiagnosedMessage {
  const found = messages.filter((message) => message.messageId.startsWith(messageId));
  const [message] = found;
  if (message === undefined)
    throw new OperatorError(`No DLQ, and not the rejections queue, holds a message ${messageId}.`);
  if (found.length > 1) throw new OperatorError(`${found.length} messages begin with ${messageId}.`);
  return message;
}

/** Everything that is known of a message, as a document. */
export function describeMessage(message: DiagnosedMessage): Record<string, unknown> {
  const { store, queues, messageId, code, failureMessage, route, sentAt, receiveCount, attributes, record } =
    message;
  return {
    messageId,
    queue: store.queue.name,
    code,
    message: failureMessage,
    redriveGoesTo: route === 'topic' ? 'the uploads topic' : queues.source.name,
    sentAt: sentAt.toISOString(),
    receiveCount,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, value.StringValue ?? null]),
    ),
    events: message.events,
    body: jsonOrText(message.body),
    imageId: message.imageId ?? null,
    status: record ? statusOf(record) : null,
    record: record ?? null,
  };
}

/** The message for a terminal: the essence in lines, the rest as JSON. */
export function renderMessage(message: DiagnosedMessage, now: Date): string {
  const { record, imageId, code, failureMessage, receiveCount, sentAt, messageId, store } = message;
  const age = formatDuration(now.getTime() - sentAt.getTime());
  const { events, body, attributes, redriveGoesTo } = describeMessage(message);
  const section = (title: string, content: unknown) => `${title}\n${JSON.stringify(content, undefined, 2)}`;
  return [
    `message    ${messageId} in ${store.queue.name}`,
    `failure    ${code}: ${failureMessage}`,
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
