// The actions that the engines have, by service. Nothing else reaches an engine: not its own routes, not another
// service that it emulates as well.

export const actions = {
  // https://github.com/architect/dynalite
  dynamodb: [
    ...['BatchGetItem', 'BatchWriteItem', 'CreateTable', 'DeleteItem', 'DeleteTable', 'DescribeTable'],
    ...['DescribeTimeToLive', 'GetItem', 'ListTables', 'ListTagsOfResource', 'PutItem', 'Query', 'Scan'],
    ...['TagResource', 'UntagResource', 'UpdateItem', 'UpdateTable'],
  ],
  // https://github.com/kibertoad/fauxqs
  sqs: [
    ...['ChangeMessageVisibility', 'ChangeMessageVisibilityBatch', 'CreateQueue', 'DeleteMessage'],
    ...[
      'DeleteMessageBatch',
      'DeleteQueue',
      'GetQueueAttributes',
      'GetQueueUrl',
      'ListQueueTags',
      'ListQueues',
    ],
    ...['PurgeQueue', 'ReceiveMessage', 'SendMessage', 'SendMessageBatch', 'SetQueueAttributes', 'TagQueue'],
    ...['UntagQueue'],
  ],
  sns: [
    ...['ConfirmSubscription', 'CreateTopic', 'DeleteTopic', 'GetSubscriptionAttributes'],
    ...['GetTopicAttributes', 'ListSubscriptions', 'ListSubscriptionsByTopic', 'ListTagsForResource'],
    ...['ListTopics', 'Publish', 'PublishBatch', 'SetSubscriptionAttributes', 'SetTopicAttributes'],
    ...['Subscribe', 'TagResource', 'Unsubscribe', 'UntagResource'],
  ],
  sts: ['GetCallerIdentity'],
} as const satisfies Record<string, readonly string[]>;

/** A service that is called by actions: all but S3. */
export type ActionService = keyof typeof actions;

export function isActionService(service: string): service is ActionService {
  return Object.hasOwn(actions, service);
}
