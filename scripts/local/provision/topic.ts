// AWS::SNS::Topic.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html
import { CreateTopicCommand, SetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { z } from 'zod';
import { LaptopCloudError } from '../laptop-cloud-error.ts';
import { checkedProperties, madeUpName, type Provisioner, textAttributes } from './provisioner.ts';

// Nothing is encrypted or traced on the laptop.
const unobserved = z.unknown().optional();

const shape = z.strictObject({
  TopicName: z.string().optional(),
  DisplayName: z.string().optional(),
  KmsMasterKeyId: unobserved,
  TracingConfig: unobserved,
  Tags: unobserved,
});

export const provisionTopic: Provisioner = async (resource, context) => {
  const { TopicName, DisplayName } = checkedProperties(resource, shape);
  const { sns } = context.clients;
  const Name = TopicName ?? madeUpName(resource.logicalId, context);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name }));
  if (!TopicArn)
    throw new LaptopCloudError(`${resource.logicalId}: the endpoint gave no ARN for topic ${Name}`);
  for (const [AttributeName, AttributeValue] of Object.entries(textAttributes({ DisplayName }))) {
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
  }
  return { ref: TopicArn, attributes: { TopicArn, TopicName: Name } };
};
