// A worker's queue and its DLQ: when to try again, and where to put what can never succeed.

import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { WorkQueue } from '../processing/ports.ts';
import { classified } from './sdk-errors.ts';

const maxAttributeCharacters = 500;

export function createWorkQueue(client: SQSClient, queueUrl: string, deadLetterQueueUrl: string): WorkQueue {
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

    async deadLetter({ body, failureCode, failureMessage, imageId }) {
      const command = new SendMessageCommand({
        QueueUrl: deadLetterQueueUrl,
        MessageBody: body,
        MessageAttributes: {
          failureCode: attribute(failureCode),
          failureMessage: attribute(failureMessage),
          sourceQueue: attribute(sourceQueue),
          ...(imageId !== undefined && { imageId: attribute(imageId) }),
        },
      });
      await classified('SQS SendMessage', client.send(command));
    },
  };
}

/** SQS refuses empty attributes and characters outside XML's range. */
function attribute(value: string): { DataType: 'String'; StringValue: string } {
  const printable = value
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '')
    .slice(0, maxAttributeCharacters);
  return { DataType: 'String', StringValue: printable || 'unknown' };
}
