// AWS::SQS::Queue, with its visibility timeout, retention and redrive policy.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { LaptopCloudError } from '../laptop-cloud-error.ts';
import { checkedProperties, madeUpName, type Provisioner, textAttributes } from './provisioner.ts';

const amount = z.coerce.number().int();
// Nothing is encrypted on the laptop, and any queue may be anybody's DLQ.
const unobserved = z.unknown().optional();

// The defaults are CloudFormation's: a value taken out of the template goes back to them at the next start.
const shape = z.strictObject({
  QueueName: z.string().optional(),
  VisibilityTimeout: amount.default(30),
  DelaySeconds: amount.default(0),
  MaximumMessageSize: amount.default(1_048_576),
  MessageRetentionPeriod: amount.default(345_600),
  ReceiveMessageWaitTimeSeconds: amount.default(0),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: amount }).optional(),
  KmsMasterKeyId: unobserved,
  KmsDataKeyReusePeriodSeconds: unobserved,
  RedriveAllowPolicy: unobserved,
  SqsManagedSseEnabled: unobserved,
  Tags: unobserved,
});

export const provisionQueue: Provisioner = async (resource, context) => {
  const { QueueName, RedrivePolicy, ...properties } = checkedProperties(resource, shape);
  const { sqs } = context.clients;
  const name = QueueName ?? madeUpName(resource.logicalId, context);
  const attributes = textAttributes({
    VisibilityTimeout: properties.VisibilityTimeout,
    DelaySeconds: properties.DelaySeconds,
    MaximumMessageSize: properties.MaximumMessageSize,
    MessageRetentionPeriod: properties.MessageRetentionPeriod,
    ReceiveMessageWaitTimeSeconds: properties.ReceiveMessageWaitTimeSeconds,
    RedrivePolicy,
  });
  const QueueUrl = await urlOf(name, attributes, sqs);
  if (!QueueUrl)
    throw new LaptopCloudError(`${resource.logicalId}: the endpoint gave no URL for queue ${name}`);
  const existing = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const Arn = existing.Attributes?.QueueArn;
  if (!Arn) throw new LaptopCloudError(`${resource.logicalId}: the endpoint gave no ARN for queue ${name}`);
  return { ref: QueueUrl, attributes: { Arn, QueueName: name, QueueUrl } };
};

async function urlOf(QueueName: string, Attributes: Record<string, string>, sqs: SQSClient) {
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    // An empty policy takes away one that an earlier template had.
    await sqs.send(
      new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy: '', ...Attributes } }),
    );
    return QueueUrl;
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error;
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    return QueueUrl;
  }
}
