// Notification configuration: what is taken, kept and tried out, and what is refused.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
import { GetBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Endpoint, isExternal, openEndpoint } from './support/endpoint.ts';
import { refusalOf } from './support/expect-error.ts';
import { configureNotifications, missingTopic, topicRule, uploadsTopic } from './support/notifications.ts';

describe.skipIf(isExternal)(
  'S3 notification configuration (skipped for another endpoint: it needs topics)',
  () => {
    let s3: Endpoint;
    let Bucket: string;

    beforeAll(async () => {
      s3 = await openEndpoint();
    });
    beforeEach(async () => {
      Bucket = await s3.createBucket();
    });
    afterAll(() => s3.close());

    it('sends s3:TestEvent to each topic when it is configured', async () => {
      await configureNotifications(
        s3,
        Bucket,
        { TopicConfigurations: [topicRule(['s3:ObjectCreated:*'])] },
        false,
      );

      const test = s3.published
        .filter((one) => one.topicArn === uploadsTopic)
        .map((one) => JSON.parse(one.message))
        .find((message) => message.Bucket === Bucket);

      expect(test).toEqual({
        Service: 'Amazon S3',
        Event: 's3:TestEvent',
        Time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        Bucket,
        RequestId: expect.any(String),
        HostId: expect.any(String),
      });
    });

    it('refuses a topic that cannot be reached and keeps the old configuration', async () => {
      await configureNotifications(s3, Bucket, { TopicConfigurations: [topicRule(['s3:ObjectCreated:*'])] });

      const missing = topicRule(['s3:ObjectRemoved:*'], {}, missingTopic);
      const refusal = await refusalOf(
        configureNotifications(s3, Bucket, { TopicConfigurations: [missing] }, false),
      );

      const kept = await s3.client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
      expect(refusal).toMatchObject({ code: 'InvalidArgument', status: 400 });
      expect(kept.TopicConfigurations).toMatchObject([{ Events: ['s3:ObjectCreated:*'] }]);
    });

    it('keeps the configuration and gives each rule an id', async () => {
      await configureNotifications(s3, Bucket, {
        TopicConfigurations: [
          {
            ...topicRule(['s3:ObjectCreated:Put', 's3:ObjectCreated:Post'], {
              prefix: 'a & b/',
              suffix: '.jpg',
            }),
            Id: 'mine',
          },
          topicRule(['s3:ObjectRemoved:*']),
        ],
      });

      const { TopicConfigurations = [] } = await s3.client.send(
        new GetBucketNotificationConfigurationCommand({ Bucket }),
      );

      expect(TopicConfigurations).toMatchObject([
        { Id: 'mine', TopicArn: uploadsTopic, Events: ['s3:ObjectCreated:Put', 's3:ObjectCreated:Post'] },
        { Id: expect.stringMatching(/.+/), TopicArn: uploadsTopic, Events: ['s3:ObjectRemoved:*'] },
      ]);
      expect(TopicConfigurations[0]?.Filter?.Key?.FilterRules).toEqual([
        { Name: 'Prefix', Value: 'a & b/' },
        { Name: 'Suffix', Value: '.jpg' },
      ]);
    });

    it.each([
      [{}, {}],
      [{ prefix: 'a' }, { prefix: 'ab' }],
      [{ suffix: '.jpg' }, {}],
      [
        { prefix: 'a', suffix: 'g' },
        { prefix: 'a', suffix: '.jpg' },
      ],
    ])('refuses overlapping rules for one event: %j and %j', async (left, right) => {
      const TopicConfigurations = [
        topicRule(['s3:ObjectCreated:*'], left),
        topicRule(['s3:ObjectCreated:Put'], right),
      ];

      expect(await refusalOf(configureNotifications(s3, Bucket, { TopicConfigurations }))).toMatchObject({
        code: 'InvalidArgument',
        status: 400,
      });
    });

    it.each([
      [{ prefix: 'a/' }, { prefix: 'b/' }],
      [{ suffix: '.jpg' }, { suffix: '.png' }],
    ])('takes rules for one event that cannot meet: %j and %j', async (left, right) => {
      const TopicConfigurations = [
        topicRule(['s3:ObjectCreated:*'], left),
        topicRule(['s3:ObjectCreated:*'], right),
      ];

      const status = await configureNotifications(s3, Bucket, { TopicConfigurations });

      expect(status).toBe(200);
    });

    it('refuses events that do not exist, and queues and functions as not implemented', async () => {
      const unknown = { TopicConfigurations: [topicRule(['s3:ObjectPainted:*'])] };
      const restored = { TopicConfigurations: [topicRule(['s3:ObjectRestore:*'])] };
      const queue = {
        QueueConfigurations: [
          { QueueArn: 'arn:aws:sqs:eu-west-1:000000000000:q', Events: ['s3:ObjectCreated:*' as const] },
        ],
      };

      expect(await refusalOf(configureNotifications(s3, Bucket, unknown))).toMatchObject({
        code: 'InvalidArgument',
        status: 400,
      });
      expect(await refusalOf(configureNotifications(s3, Bucket, restored))).toMatchObject({
        code: 'NotImplemented',
        status: 501,
      });
      expect(await refusalOf(configureNotifications(s3, Bucket, queue))).toMatchObject({
        code: 'NotImplemented',
        status: 501,
      });
    });
  },
);
