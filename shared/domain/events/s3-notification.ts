// S3 notifications out: what stands in for an event that never came, or that is wanted again. Pure.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html

export interface RepublishedOriginal {
  readonly bucket: string;
  readonly key: string;
  readonly eTag: string;
  readonly bytes: number;
}

/** Older than every sequencer that S3 gives, so that a real event, whenever it comes, has the last word. */
export const lowestSequencer = '0';

/** The message that S3 would have published when the object was created, with this sequencer. */
export function createdNotification(
  { bucket, key, eTag, bytes }: RepublishedOriginal,
  sequencer: string,
  time: Date,
): string {
  return JSON.stringify({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        eventTime: time.toISOString(),
        eventName: 'ObjectCreated:Put',
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'republished',
          bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
          object: { key: formEncoded(key), size: bytes, eTag, sequencer },
        },
      },
    ],
  });
}

/** Keys are form-encoded in notifications: a space is a plus, slashes stay. */
function formEncoded(key: string): string {
  return encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
}
