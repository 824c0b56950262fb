// Notification rules as the tests write them.
import {
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
  type TopicConfiguration,
} from '@aws-sdk/client-s3';
import type { Endpoint } from './endpoint.ts';

export const uploadsTopic = 'arn:aws:sns:eu-west-1:000000000000:uploads';
export const otherTopic = 'arn:aws:sns:eu-west-1:000000000000:others';
/** The one topic that the suite's own S3 cannot publish to. */
export const missingTopic = 'arn:aws:sns:eu-west-1:000000000000:missing';

/** A rule for a topic; events may be ones that the SDK's types do not know. */
export function topicRule(
  events: string[],
  filter: { prefix?: string; suffix?: string } = {},
  TopicArn = uploadsTopic,
): TopicConfiguration {
  const FilterRules = Object.entries(filter).map(([Name, Value]) => {
    return { Name: Name as 'prefix' | 'suffix', Value };
  });
  return { TopicArn, Events: events as TopicConfiguration['Events'], Filter: { Key: { FilterRules } } };
}

/** Puts a configuration, by default without the test event. */
export async function configureNotifications(
  s3: Endpoint,
  Bucket: string,
  configuration: NotificationConfiguration,
  skipValidation = true,
): Promise<number | undefined> {
  const answer = await s3.client.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: configuration,
      SkipDestinationValidation: skipValidation,
    }),
  );
  return answer.$metadata.httpStatusCode;
}
