// Sends dead letter messages back to work: through the topic, or to the queue they came from. It deletes nothing.
import { PublishBatchCommand } from '@aws-sdk/client-sns';
import { type MessageAttributeValue, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { Stage } from '../operations/stage.ts';
import type { DiagnosedMessage } from './dead-letter-message.ts';

/** What the worker wrote on a message that it sent to its DLQ. */
const workerAttributes = new Set(['failureCode', 'failureMessage', 'sourceQueue', 'imageId']);

/**
 * Sends up to ten messages of one DLQ.
 * @returns those that arrived; the others may stay in the DLQ
 */
export async function deliver(
  stage: Stage,
  messages: readonly DiagnosedMessage[],
): Promise<DiagnosedMessage[]> {
  const byTopic = messages.filter(({ route }) => route === 'topic');
  const byQueue = messages.filter(({ route }) => route === 'source-queue');
  const [published, sent] = await Promise.all([publish(stage, byTopic), send(stage, byQueue)]);
  return [...published, ...sent];
}

/** With the attributes on: a worker that sees `failureCode` takes up what it had rejected. */
async function publish(stage: Stage, messages: readonly DiagnosedMessage[]): Promise<DiagnosedMessage[]> {
  if (messages.length === 0) return [];
  const PublishBatchRequestEntries = messages.map(({ body, attributes }, index) => ({
    Id: String(index),
    Message: body,
    MessageAttributes: attributesOf(attributes),
  }));
  const { Successful = [] } = await stage.clients.sns.send(
    new PublishBatchCommand({ TopicArn: stage.uploadsTopicArn, PublishBatchRequestEntries }),
  );
  return Successful.flatMap(({ Id }) => messages[Number(Id)] ?? []);
}

/** Without the attributes: whatever the worker finds this time, it says anew. */
async function send(stage: Stage, messages: readonly DiagnosedMessage[]): Promise<DiagnosedMessage[]> {
  const [first] = messages;
  if (first === undefined) return [];
  const Entries = messages.map(({ body, attributes }, index) => ({
    Id: String(index),
    MessageBody: body,
    MessageAttributes: attributesOf(attributes, (name) => !workerAttributes.has(name)),
  }));
  const { Successful = [] } = await stage.clients.sqs.send(
    new SendMessageBatchCommand({ QueueUrl: first.queues.source.url, Entries }),
  );
  return Successful.flatMap(({ Id }) => messages[Number(Id)] ?? []);
}

function attributesOf(
  attributes: DiagnosedMessage['attributes'],
  isKept: (name: string) => boolean = () => true,
): Record<string, { DataType: string; StringValue?: string; BinaryValue?: Uint8Array }> {
  const kept = Object.entries(attributes).filter(([name]) => isKept(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, sendable(value)]));
}

/** SQS and SNS refuse the list members that a received attribute has. */
function sendable({ DataType = 'String', StringValue, BinaryValue }: MessageAttributeValue) {
  return {
    DataType,
    ...(StringValue !== undefined && { StringValue }),
    ...(BinaryValue !== undefined && { BinaryValue }),
  };
}
