// Notifications: prefix and suffix filters, event names, order, and the shape of every record.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Endpoint, isExternal, openEndpoint } from './support/endpoint.ts';
import { refusalOf } from './support/expect-error.ts';
import { configureNotifications, otherTopic, topicRule, uploadsTopic } from './support/notifications.ts';
import { presignForm, submitForm } from './support/post-form.ts';

interface S3Record {
  readonly eventName: string;
  readonly s3: { object: { key: string; sequencer: string } };
}

describe.skipIf(isExternal)(
  'S3 notifications (skipped for another endpoint: they read what the local S3 published)',
  () => {
    let s3: Endpoint;
    let Bucket: string;
    const put = (Key: string, Body = 'x') => s3.client.send(new PutObjectCommand({ Bucket, Key, Body }));
    const messages = (topicArn = uploadsTopic): string[] =>
      s3.published.filter((one) => one.topicArn === topicArn).map((one) => one.message);
    const records = (topicArn = uploadsTopic): S3Record[] =>
      messages(topicArn)
        .flatMap((message): S3Record[] => JSON.parse(message).Records ?? [])
        .filter((record) => JSON.stringify(record).includes(Bucket));
    const names = (topicArn = uploadsTopic) =>
      records(topicArn).map((record) => `${record.eventName} ${record.s3.object.key}`);
    /** The last thing published marks the end: a topic's messages come in order. */
    const settle = async (): Promise<void> => {
      await put('uploads/end.jpg');
      await vi.waitFor(() => expect(names().at(-1)).toBe('ObjectCreated:Put uploads/end.jpg'), {
        interval: 5,
        timeout: 5000,
      });
    };

    beforeAll(async () => {
      s3 = await openEndpoint();
    });
    beforeEach(async () => {
      Bucket = await s3.createBucket();
    });
    afterAll(() => s3.close());

    it('tells of a PUT in the shape of AWS', async () => {
      await configureNotifications(s3, Bucket, {
        TopicConfigurations: [{ ...topicRule(['s3:ObjectCreated:*']), Id: 'created' }],
      });

      const stored = await put('uploads/ünï+ code (1).jpg', 'four');
      await vi.waitFor(() => expect(records()).toHaveLength(1), { interval: 5, timeout: 5000 });

      expect(records()).toEqual([
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: s3.region,
          eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          eventName: 'ObjectCreated:Put',
          userIdentity: { principalId: expect.any(String) },
          requestParameters: { sourceIPAddress: '127.0.0.1' },
          responseElements: {
            'x-amz-request-id': stored.$metadata.requestId,
            'x-amz-id-2': expect.any(String),
          },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: 'created',
            bucket: {
              name: Bucket,
              ownerIdentity: { principalId: expect.any(String) },
              arn: `arn:aws:s3:::${Bucket}`,
            },
            object: {
              key: 'uploads/%C3%BCn%C3%AF%2B+code+%281%29.jpg',
              size: 4,
              eTag: stored.ETag?.replaceAll('"', ''),
              sequencer: expect.stringMatching(/^[0-9A-F]+$/),
            },
          },
        },
      ]);
    });

    it('tells of posted and copied objects by their own names', async () => {
      await configureNotifications(s3, Bucket, { TopicConfigurations: [topicRule(['s3:ObjectCreated:*'])] });

      await submitForm(await presignForm(s3, Bucket, { Key: 'posted' }));
      await s3.client.send(new CopyObjectCommand({ Bucket, Key: 'copied', CopySource: `${Bucket}/posted` }));
      await settle();

      expect(names().slice(0, 2)).toEqual(['ObjectCreated:Post posted', 'ObjectCreated:Copy copied']);
    });

    it('tells of removals without size and ETag, and only of keys that were there', async () => {
      await configureNotifications(s3, Bucket, {
        TopicConfigurations: [
          topicRule(['s3:ObjectRemoved:*']),
          topicRule(['s3:ObjectCreated:Put'], { prefix: 'uploads/' }),
        ],
      });
      for (const key of ['one', 'two', 'three']) await put(key);

      await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'one' }));
      await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'one' }));
      const Objects = [{ Key: 'two' }, { Key: 'never' }, { Key: 'three' }];
      await s3.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
      await settle();

      const removed = records().slice(0, -1);
      expect(removed.map((record) => `${record.eventName} ${record.s3.object.key}`)).toEqual([
        'ObjectRemoved:Delete one',
        'ObjectRemoved:Delete two',
        'ObjectRemoved:Delete three',
      ]);
      expect(removed.map((record) => Object.keys(record.s3.object))).toEqual(
        Array(3).fill(['key', 'sequencer']),
      );
    });

    it('keeps to prefix, suffix and event names', async () => {
      await configureNotifications(s3, Bucket, {
        TopicConfigurations: [
          topicRule(['s3:ObjectCreated:Put'], { prefix: 'uploads/', suffix: '.jpg' }),
          topicRule(['s3:ObjectCreated:*'], { prefix: 'other/' }, otherTopic),
        ],
      });

      for (const key of ['uploads/a.jpg', 'uploads/a.png', 'a.jpg', 'other/b.jpg', 'Uploads/c.jpg'])
        await put(key);
      await s3.client.send(
        new CopyObjectCommand({ Bucket, Key: 'uploads/copy.jpg', CopySource: `${Bucket}/a.jpg` }),
      );
      await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'uploads/a.jpg' }));
      await settle();
      await vi.waitFor(() => expect(names(otherTopic)).toHaveLength(1), { timeout: 5000 });

      expect(names()).toEqual(['ObjectCreated:Put uploads/a.jpg', 'ObjectCreated:Put uploads/end.jpg']);
      expect(names(otherTopic)).toEqual(['ObjectCreated:Put other/b.jpg']);
    });

    it('gives rising sequencers of differing length, compared after padding with zeros', async () => {
      await configureNotifications(s3, Bucket, { TopicConfigurations: [topicRule(['s3:ObjectCreated:*'])] });
      for (let index = 0; index < 30; index++) await put('same key', String(index));
      await settle();

      const sequencers = records().map((record) => record.s3.object.sequencer);
      const padded = sequencers.map((sequencer) => sequencer.padEnd(32, '0'));

      expect(padded).toEqual(padded.toSorted());
      expect(new Set(padded).size).toBe(31);
      expect(new Set(sequencers.map((sequencer) => sequencer.length)).size).toBeGreaterThan(1);
    });

    it('tells nothing of refused uploads', async () => {
      await configureNotifications(s3, Bucket, { TopicConfigurations: [topicRule(['s3:ObjectCreated:*'])] });
      await put('uploads/once.jpg');
      const again = new PutObjectCommand({ Bucket, Key: 'uploads/once.jpg', Body: 'y', IfNoneMatch: '*' });

      await refusalOf(s3.client.send(again));
      await settle();

      expect(names()).toEqual(['ObjectCreated:Put uploads/once.jpg', 'ObjectCreated:Put uploads/end.jpg']);
    });

    it('tells nothing once the configuration is empty', async () => {
      await configureNotifications(s3, Bucket, { TopicConfigurations: [topicRule(['s3:ObjectCreated:*'])] });
      await configureNotifications(s3, Bucket, {});
      await put('silent');
      await configureNotifications(s3, Bucket, { TopicConfigurations: [topicRule(['s3:ObjectCreated:*'])] });
      await settle();

      expect(names()).toEqual(['ObjectCreated:Put uploads/end.jpg']);
    });
  },
);
