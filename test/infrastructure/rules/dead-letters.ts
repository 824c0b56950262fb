// What a queue gives up on is kept where somebody looks.
import { ofType, type Resources } from './rule.ts';

const fourteenDaysSeconds = 14 * 24 * 60 * 60;

/** Every queue that a function reads has a DLQ after five receives, one that keeps its messages for 14 days. */
export const deadLetters = (resources: Resources): string[] => {
  const queues = ofType(resources, 'AWS::SQS::Queue');
  const read = new Set(
    ofType(resources, 'AWS::Lambda::EventSourceMapping').map(({ properties }) => properties.EventSourceArn),
  );
  const targets = new Set(queues.map(({ properties }) => properties.RedrivePolicy?.deadLetterTargetArn));
  return queues.flatMap(({ logicalId, arn, properties }) => {
    if (targets.has(arn) || !read.has(arn)) {
      return properties.MessageRetentionPeriod === fourteenDaysSeconds
        ? []
        : [`${logicalId} forgets too soon`];
    }
    const { deadLetterTargetArn, maxReceiveCount } = properties.RedrivePolicy ?? {};
    const target = queues.find((queue) => queue.arn === deadLetterTargetArn);
    if (target === undefined) return [`${logicalId} has no DLQ`];
    return Number(maxReceiveCount) === 5 ? [] : [`${logicalId} gives up after ${maxReceiveCount} receives`];
  });
};
