// A worker's queue, its DLQ and the queue of rejections: when to try again, and where to put what can never succeed.

import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { MessagePutAside, WorkQueue } from '../processing/ports.ts';
import { classified } from './sdk-errors.ts';

const maxAttributeCharacters = 500;

export interface WorkQueueUrls {
  readonly queue: string;
  readonly deadLetters: string;
  readonly rejections: string;
}

export function createWorkQueue(
  client: SQSClient,
  { queue: queueUrl, deadLetters, rejections }: WorkQueueUrls,
): WorkQueue {
  const sourceQueue = queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
  return {
    async delay(receiptHandle, seconds) {
      const command = new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      });
      await classified('SQS ChangeMessageVisibility', client.send(command));
    },
    reject: (message) => putAside(rejections, message),
    deadLetter: (message) => putAside(deadLetters, message),
  };

  async function putAside(
    QueueUrl: string,
    { body, failureCode, failureMessage, imageId }: MessagePutAside,
  ): Promise<void> {
    const command = new SendMessageCommand({
      QueueUrl,
      MessageBody: body,
      MessageAttributes: {
        failureCode: attribute(failureCode),
        failureMessage: attribute(failureMessage),
        sourceQueue: attribute(sourceQueue),
        ...(imageId !== undefined && { imageId: attribute(imageId) }),
      },
    });
    await classified('SQS SendMessage', client.send(command));
  }
}

/** SQS refuses empty attributes and characters outside XML's range. */
function attribute(value: string): { DataType: 'String'; StringValue: string } {
  const printable = value
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '')
    .slice(0, maxAttributeCharacters);
  return { DataType: 'String', StringValue: printable || 'unknown' };
}
