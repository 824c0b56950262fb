// A worker's queue and its DLQ: when to try again, and where to put what can never succeed.

import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { FailureCode } from '../domain/errors.ts';
import { classified } from './sdk-errors.ts';

/** What an operator can read off a dead letter without decoding its body. */
export interface DeadLetter {
  /** The message's body, as it was received: a redrive works on it again. */
  readonly body: string;
  readonly failureCode: FailureCode;
  readonly failureMessage: string;
  /** Absent when the message is too malformed to tell. */
  readonly imageId?: string;
}

export interface WorkQueue {
  /** Makes a received message invisible for this long, counted from now. */
  delay(receiptHandle: string, seconds: number): Promise<void>;
  /** Puts a message straight into the DLQ. Once it returns, the original may be acknowledged. */
  deadLetter(letter: DeadLetter): Promise<void>;
}

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
