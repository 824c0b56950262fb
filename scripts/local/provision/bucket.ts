// AWS::S3::Bucket: the bucket, its CORS rules and its notifications.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
import { isDeepStrictEqual } from 'node:util';
import {
  CreateBucketCommand,
  DeleteBucketCorsCommand,
  type Event,
  GetBucketNotificationConfigurationCommand,
  PutBucketCorsCommand,
  PutBucketNotificationConfigurationCommand,
  type S3Client,
  type TopicConfiguration,
} from '@aws-sdk/client-s3';
import { z } from 'zod';
import { checkedProperties, madeUpName, type Provisioner } from './provisioner.ts';

// Access, encryption at rest and expiry change nothing that a program on the laptop could observe.
const unobserved = z.unknown().optional();
const words = z.array(z.string());

const corsRule = z.strictObject({
  Id: z.string().optional(),
  AllowedOrigins: words,
  AllowedMethods: words,
  AllowedHeaders: words.optional(),
  ExposedHeaders: words.optional(),
  MaxAge: z.coerce.number().optional(),
});

const filterRule = z.strictObject({ Name: z.enum(['prefix', 'suffix']), Value: z.string() });

const topicConfiguration = z.strictObject({
  Event: z.string(),
  Topic: z.string(),
  Filter: z.strictObject({ S3Key: z.strictObject({ Rules: z.array(filterRule) }) }).optional(),
});

const shape = z.strictObject({
  BucketName: z.string().optional(),
  CorsConfiguration: z.strictObject({ CorsRules: z.array(corsRule) }).optional(),
  NotificationConfiguration: z
    .strictObject({ TopicConfigurations: z.array(topicConfiguration).optional() })
    .optional(),
  BucketEncryption: unobserved,
  LifecycleConfiguration: unobserved,
  LoggingConfiguration: unobserved,
  OwnershipControls: unobserved,
  PublicAccessBlockConfiguration: unobserved,
  // The laptop's S3 has no versions: no function may read one, and a deletion looks the same to all of them.
  VersioningConfiguration: unobserved,
  Tags: unobserved,
});

export const provisionBucket: Provisioner = async (resource, context) => {
  const properties = checkedProperties(resource, shape);
  const { s3 } = context.clients;
  const Bucket = properties.BucketName ?? madeUpName(resource.logicalId, context).toLowerCase();
  await s3.send(new CreateBucketCommand({ Bucket })).catch((error: Error) => {
    if (error.name !== 'BucketAlreadyOwnedByYou') throw error;
  });
  await Promise.all([
    putCors(Bucket, properties.CorsConfiguration?.CorsRules ?? [], s3),
    putNotifications(Bucket, properties.NotificationConfiguration?.TopicConfigurations ?? [], s3),
  ]);
  return { ref: Bucket, attributes: { Arn: `arn:aws:s3:::${Bucket}` } };
};

function putCors(Bucket: string, rules: z.output<typeof corsRule>[], s3: S3Client) {
  if (rules.length === 0) return s3.send(new DeleteBucketCorsCommand({ Bucket }));
  const CORSRules = rules.map(({ Id, MaxAge, AllowedHeaders, ExposedHeaders, ...rule }) => ({
    ...rule,
    ...(Id !== undefined && { ID: Id }),
    ...(MaxAge !== undefined && { MaxAgeSeconds: MaxAge }),
    ...(AllowedHeaders && { AllowedHeaders }),
    ...(ExposedHeaders && { ExposeHeaders: ExposedHeaders }),
  }));
  return s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
}

async function putNotifications(
  Bucket: string,
  topics: z.output<typeof topicConfiguration>[],
  s3: S3Client,
): Promise<void> {
  const TopicConfigurations = topics.map(({ Event, Topic, Filter }, index) => ({
    Id: String(index),
    TopicArn: Topic,
    Events: [Event as Event],
    ...(Filter && { Filter: { Key: { FilterRules: Filter.S3Key.Rules } } }),
  }));
  const existing = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
  // Setting it again would send every topic another s3:TestEvent at each start.
  if (isDeepStrictEqual((existing.TopicConfigurations ?? []).map(asPut), TopicConfigurations)) return;
  const NotificationConfiguration = { TopicConfigurations };
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
}

// S3 takes a filter rule named `prefix` and gives it back as `Prefix`.
function asPut({ Filter, ...configuration }: TopicConfiguration) {
  const rules = Filter?.Key?.FilterRules?.map(({ Name, Value }) => ({ Name: Name?.toLowerCase(), Value }));
  return { ...configuration, ...(rules && { Filter: { Key: { FilterRules: rules } } }) };
}
