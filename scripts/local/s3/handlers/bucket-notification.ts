// PutBucketNotificationConfiguration and its GET. As on AWS, a topic that cannot be reached is refused:
// each destination gets s3:TestEvent before the configuration counts.
import { readDocument } from '../body/read-document.ts';
import { S3Error } from '../errors.ts';
import { bucketOf, type Handler } from '../exchange.ts';
import {
  readNotificationConfiguration,
  writeNotificationConfiguration,
} from '../notifications/configuration.ts';
import { testMessage } from '../notifications/records.ts';
import { sendEmpty, sendXml } from '../respond.ts';

export const putBucketNotificationConfiguration: Handler = async (exchange) => {
  const { request, response, server } = exchange;
  const bucket = bucketOf(request);
  server.buckets.require(bucket);
  const body = await readDocument(exchange, { digestRequired: false });
  const configurations = readNotificationConfiguration(body);
  if (request.headers.get('x-amz-skip-destination-validation') !== 'true') {
    for (const topicArn of new Set(configurations.map((configuration) => configuration.topicArn))) {
      try {
        await server.publish(topicArn, testMessage(bucket, server.authority.clock(), request));
      } catch (error) {
        throw new S3Error('InvalidArgument', {
          message: 'Unable to validate the following destination configurations',
          details: { ArgumentName1: topicArn, ArgumentValue1: String(error) },
        });
      }
    }
  }
  server.buckets.configure(bucket, 'notifications', configurations);
  sendEmpty(response, 200);
};

export const getBucketNotificationConfiguration: Handler = async ({ request, response, server }) => {
  const bucket = bucketOf(request);
  server.buckets.require(bucket);
  const configurations = server.buckets.configuration(bucket, 'notifications') ?? [];
  sendXml(response, 200, 'NotificationConfiguration', writeNotificationConfiguration(configurations));
};
