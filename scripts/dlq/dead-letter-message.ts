// A message that was put aside, decoded: which image it is about, why it is here, and where a redrive takes it. Pure.
import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import { type FailureCode, rejectionCodes } from '../../shared/domain/errors.ts';
import { type OriginalEvent, parseOriginalEvents } from '../../shared/domain/events/s3-event.ts';
import { currentTask, type ImageRecord } from '../../shared/domain/image-record.ts';
import { failureOf } from '../../shared/domain/status.ts';
import { tasks } from '../../shared/domain/tasks.ts';
import type { TaskQueues } from '../operations/stage.ts';
import type { Store } from './stores.ts';

export interface DeadLetterMessage {
  /** Where it lies. */
  readonly store: Store;
  /** Of the worker that it is from. */
  readonly queues: TaskQueues;
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly sentAt: Date;
  readonly receiveCount: number;
  /** Empty when the body is malformed. */
  readonly events: readonly OriginalEvent[];
  readonly imageId: string | undefined;
}

/** What is known of a message once its image's record is. */
export interface Diagnosis {
  /** Unknown where SQS moved the message here and no record tells why. */
  readonly code: FailureCode | 'unknown';
  readonly failureMessage: string;
  /**
   * Where a redrive takes it. A rejected file goes through the topic, because both workers must take the image up
   * again; a malformed message only where it came from, or there would be more of them each time.
   */
  readonly route: 'topic' | 'source-queue';
}

export interface DiagnosedMessage extends DeadLetterMessage, Diagnosis {
  readonly record: ImageRecord | undefined;
}

/** @param ownBucket the stage's own originals bucket */
export function decode(message: Message, store: Store, ownBucket: string): DeadLetterMessage {
  const { MessageId = '', ReceiptHandle = '', Body = '', Attributes = {}, MessageAttributes = {} } = message;
  const events = eventsIn(Body, ownBucket);
  return {
    store,
    queues: store.originOf(message),
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: MessageAttributes,
    sentAt: new Date(Number(Attributes.SentTimestamp ?? 0)),
    receiveCount: Number(Attributes.ApproximateReceiveCount ?? 0),
    events,
    imageId: MessageAttributes['imageId']?.StringValue ?? events[0]?.imageId,
  };
}

/**
 * Why the message is here: by its own attributes, which a worker gave it, or else by its image's record, since SQS
 * says nothing of a message that it moved after the last receive.
 */
export function diagnose(
  { attributes, events, queues }: DeadLetterMessage,
  record: ImageRecord | undefined,
): Diagnosis {
  const given = attributes['failureCode']?.StringValue;
  if (given !== undefined) {
    const failureMessage = attributes['failureMessage']?.StringValue ?? '';
    const route = isRejection(given) && events.length > 0 ? 'topic' : 'source-queue';
    return { code: given as FailureCode, failureMessage, route };
  }
  const failure = record && (currentTask(record, queues.task)?.failure ?? failureOf(record));
  return {
    code: failure?.code ?? 'unknown',
    failureMessage: failure?.message ?? 'Neither the message nor a record tells why.',
    route: 'source-queue',
  };
}

/**
 * Whether a worker may still hold a task of the image. Sent to it now, a message would be taken for a duplicate, and
 * that task would not be done again.
 */
export function isHeld({ route, record }: DiagnosedMessage, now: Date): boolean {
  if (route !== 'topic' || record === undefined) return false;
  return tasks.some((task) => {
    const current = currentTask(record, task);
    return current?.state === 'running' && current.leaseUntil > now.getTime();
  });
}

function isRejection(code: string): boolean {
  return code !== 'malformed-message' && (rejectionCodes as readonly string[]).includes(code);
}

function eventsIn(body: string, ownBucket: string): OriginalEvent[] {
  try {
    return parseOriginalEvents(body, ownBucket);
  } catch {
    return [];
  }
}
