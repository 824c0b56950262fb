// The rules of queues and of what is delivered to them, as functions over a resolved template: each answers what breaks it.
import { list, resourceStatements } from '../support/policies.ts';
import { ofType, type Resources } from './rule.ts';

/** Queues are encrypted at rest by keys of SQS's own. */
export function encryptionViolations(resources: Resources): string[] {
  return ofType(resources, 'AWS::SQS::Queue')
    .filter(({ properties }) => properties.SqsManagedSseEnabled !== true)
    .map(({ logicalId }) => `${logicalId} is not encrypted`);
}

/**
 * A queue is the DLQ of those that it names, and they are those that name it; any other is nobody's.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
export function redriveViolations(resources: Resources): string[] {
  const queues = ofType(resources, 'AWS::SQS::Queue');
  return queues.flatMap(({ logicalId, arn, properties }) => {
    const sources = queues
      .filter((queue) => queue.properties.RedrivePolicy?.deadLetterTargetArn === arn)
      .map((queue) => queue.arn);
    const { redrivePermission, sourceQueueArns } = properties.RedriveAllowPolicy ?? {};
    const isRight =
      sources.length === 0
        ? redrivePermission === 'denyAll'
        : redrivePermission === 'byQueue' && list(sourceQueueArns).join() === sources.join();
    return isRight ? [] : [`${logicalId} may be the DLQ of queues that it does not know`];
  });
}

/** What SNS cannot deliver to a queue it may put into a DLQ; both queues let it, for its own topic. */
export function subscriptionViolations(resources: Resources): string[] {
  return ofType(resources, 'AWS::SNS::Subscription')
    .filter(({ properties }) => properties.Protocol === 'sqs')
    .flatMap(({ logicalId, properties }) => {
      const target = properties.RedrivePolicy?.deadLetterTargetArn;
      const source = ofType(resources, 'AWS::SQS::Queue').find(({ arn }) => arn === properties.Endpoint);
      return [
        ...(letsSend(resources, properties.TopicArn, properties.Endpoint)
          ? []
          : [`${logicalId} is refused by its queue`]),
        ...(target === undefined ? [`${logicalId} loses what SNS cannot deliver`] : []),
        ...(target === undefined || letsSend(resources, properties.TopicArn, target)
          ? []
          : [`${logicalId} is refused by its DLQ`]),
        ...(target === undefined || source?.properties.RedrivePolicy?.deadLetterTargetArn === target
          ? []
          : [`${logicalId} has a DLQ from which nothing comes back to its queue`]),
      ];
    });
}

function letsSend(resources: Resources, topic: string, queue: string): boolean {
  return resourceStatements(resources).some(
    ({ Effect, Action, Resource, Principal, Condition }) =>
      Effect === 'Allow' &&
      list(Action).includes('sqs:SendMessage') &&
      list(Resource).includes(queue) &&
      Principal !== '*' &&
      list(Principal?.Service).includes('sns.amazonaws.com') &&
      list(Condition?.['ArnEquals']?.['aws:SourceArn']).includes(topic),
  );
}
