// AWS::SNS::Subscription: of a queue to a topic. An e-mail address is passed over: nothing here sends mail.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html
import {
  paginateListSubscriptionsByTopic,
  SetSubscriptionAttributesCommand,
  type SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { z } from 'zod';
import { LaptopCloudError } from '../laptop-cloud-error.ts';
import { standIn } from './not-local.ts';
import { checkedProperties, type Provisioner, textAttributes } from './provisioner.ts';

const shape = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.enum(['sqs', 'email']),
  Endpoint: z.string(),
  RawMessageDelivery: z.union([z.boolean(), z.stringbool()]).default(false),
  FilterPolicy: z.record(z.string(), z.unknown()).optional(),
  FilterPolicyScope: z.enum(['MessageAttributes', 'MessageBody']).optional(),
  // The embedded SNS hands a message to a queue of the same process: there is no delivery that could fail.
  RedrivePolicy: z.unknown().optional(),
});

export const provisionSubscription: Provisioner = async (resource, context) => {
  const { TopicArn, Protocol, Endpoint, RedrivePolicy: _, ...rest } = checkedProperties(resource, shape);
  if (Protocol === 'email') return standIn(resource.logicalId);
  const { sns } = context.clients;
  const Attributes = textAttributes(rest);
  const existing = await findSubscription(TopicArn, Endpoint, sns);
  if (!existing) {
    const { SubscriptionArn } = await sns.send(
      new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true }),
    );
    if (!SubscriptionArn) throw new LaptopCloudError(`${resource.logicalId}: the endpoint gave no ARN`);
    return provisioned(SubscriptionArn);
  }
  const wanted = { FilterPolicy: '{}', ...Attributes };
  for (const [AttributeName, AttributeValue] of Object.entries(wanted)) {
    await sns.send(
      new SetSubscriptionAttributesCommand({ SubscriptionArn: existing, AttributeName, AttributeValue }),
    );
  }
  return provisioned(existing);
};

function provisioned(arn: string) {
  return { ref: arn, attributes: { Arn: arn } };
}

async function findSubscription(TopicArn: string, endpoint: string, client: SNSClient) {
  for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn })) {
    const found = page.Subscriptions?.find((subscription) => subscription.Endpoint === endpoint);
    if (found) return found.SubscriptionArn;
  }
  return undefined;
}
