// Calls of SQS and SNS that take several messages take ten at most. Pure.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html

export const batchSize = 10;

export function inBatches<Item>(items: readonly Item[]): Item[][] {
  return items.flatMap((_, at) => (at % batchSize === 0 ? [items.slice(at, at + batchSize)] : []));
}
