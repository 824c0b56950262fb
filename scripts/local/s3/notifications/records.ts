// The messages that S3 publishes: event records and the test event, in AWS's exact shape.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
import { formEncode } from '../form-encode.ts';
import type { TopicConfiguration } from './configuration.ts';

export type EventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Post'
  | 'ObjectCreated:Copy'
  | 'ObjectRemoved:Delete';

export interface ObjectEvent {
  readonly name: EventName;
  readonly bucket: string;
  readonly key: string;
  /** Records of removals carry neither. */
  readonly content?: { readonly bytes: number; readonly etag: string };
  readonly sequencer: string;
  readonly time: Date;
  readonly region: string;
  readonly requestId: string;
  readonly hostId: string;
  readonly sourceAddress: string;
}

const principal = { principalId: 'AWS:LOCAL' } as const;

/** True when the configuration asks for this event on this key. */
export function matches(
  configuration: TopicConfiguration,
  event: Pick<ObjectEvent, 'name' | 'key'>,
): boolean {
  const [group] = event.name.split(':');
  return (
    (configuration.events.includes(`s3:${event.name}`) || configuration.events.includes(`s3:${group}:*`)) &&
    event.key.startsWith(configuration.prefix) &&
    event.key.endsWith(configuration.suffix)
  );
}

/** The message of one event for one configuration, as JSON. */
export function eventMessage(event: ObjectEvent, configuration: TopicConfiguration): string {
  const { content } = event;
  return JSON.stringify({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: event.region,
        eventTime: event.time.toISOString(),
        eventName: event.name,
        userIdentity: principal,
        requestParameters: { sourceIPAddress: event.sourceAddress },
        responseElements: { 'x-amz-request-id': event.requestId, 'x-amz-id-2': event.hostId },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: configuration.id,
          bucket: { name: event.bucket, ownerIdentity: principal, arn: `arn:aws:s3:::${event.bucket}` },
          object: {
            key: formEncode(event.key),
            ...(content !== undefined && { size: content.bytes, eTag: content.etag }),
            sequencer: event.sequencer,
          },
        },
      },
    ],
  });
}

/** The message by which S3 tries a destination when it is configured, as JSON. */
export function testMessage(bucket: string, time: Date, ids: { requestId: string; hostId: string }): string {
  return JSON.stringify({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: time.toISOString(),
    Bucket: bucket,
    RequestId: ids.requestId,
    HostId: ids.hostId,
  });
}
