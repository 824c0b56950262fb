// A queue of one's own that hears what topics are told, as any consumer makes it.
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { SdkClients } from '../operations/connection.ts';

/**
 * Makes the queue, or takes the one that has its name, and subscribes it; messages come as they were published.
 * @returns its URL
 */
export async function subscribeQueue(
  { sns, sqs }: Pick<SdkClients, 'sns' | 'sqs'>,
  queueName: string,
  topicArns: readonly string[],
): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: queueName }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  for (const TopicArn of topicArns) {
    await sns.send(
      new SubscribeCommand({
        ...{ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'] },
        Attributes: { RawMessageDelivery: 'true' },
      }),
    );
  }
  return QueueUrl;
}
