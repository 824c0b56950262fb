// What reaches a worker, in one place: records of S3, the messages of SQS that carry them, and the context of an
// invocation, as AWS shapes them.

import type { Message } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { toRecord } from '../../scripts/local/event-source-mapping/records.ts';

const queueArn = 'arn:aws:sqs:eu-central-1:000000000000:queue';

export interface S3RecordChanges {
  readonly eventSource?: string;
  readonly eventName?: string;
  readonly bucket?: string;
  /** Form-encoded, as S3 writes it. */
  readonly key?: string;
  readonly sequencer?: string;
  /** Bytes; undefined leaves it out, as S3 does where an object is removed. */
  readonly size?: number | undefined;
  readonly eTag?: string | undefined;
  /** Of a bucket with versions. */
  readonly versionId?: string | null;
}

/** What S3 says of one object: a small JPEG that was put, but for what is given. */
export function s3Record(changes: S3RecordChanges = {}): object {
  const { eventSource, eventName, bucket, key, sequencer, size, eTag, versionId }: S3RecordChanges = {
    ...{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', bucket: 'photos', key: 'originals/1.jpg' },
    ...{ sequencer: '0055AED6DCD90281E5', size: 1234, eTag: 'd41d8cd98f00b204e9800998ecf8427e' },
    ...changes,
  };
  return {
    ...{ eventVersion: '2.1', eventSource, awsRegion: 'eu-central-1', eventName },
    eventTime: '2026-11-02T09:15:30.123Z',
    s3: {
      s3SchemaVersion: '1.0',
      bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
      object: { key, size, eTag, versionId, sequencer },
    },
  };
}

/** The body that S3 sends: one record or several. */
export function s3Notification(...records: readonly object[]): string {
  return JSON.stringify({ Records: records });
}

/** A body as SNS delivers it to a subscription without raw message delivery. */
export function inSnsEnvelope(Message: string): string {
  return JSON.stringify({ Type: 'Notification', MessageId: '1', Message });
}

/** A message as ReceiveMessage gives it: an upload's, received for the first time, but for what is given. */
export function sqsMessage(
  changes: { readonly messageId?: string; readonly body?: string; readonly receiveCount?: number } = {},
): Message {
  const { messageId = 'message', body = s3Notification(s3Record()), receiveCount = 1 } = changes;
  return {
    MessageId: messageId,
    ReceiptHandle: `receipt of ${messageId}`,
    Body: body,
    Attributes: { ApproximateReceiveCount: String(receiveCount) },
  };
}

/** Messages as Lambda hands them to a function. */
export function sqsEvent(messages: readonly Message[]): SQSEvent {
  return { Records: messages.map(sqsRecord) };
}

/** One message as Lambda hands it to a function. */
export function sqsRecord(message: Message): SQSRecord {
  return toRecord(message, queueArn);
}

/** The context of an invocation that has so much time left, always. */
export function lambdaContext(remainingMilliseconds = 5_000): Context {
  return { getRemainingTimeInMillis: () => remainingMilliseconds } as Context;
}
