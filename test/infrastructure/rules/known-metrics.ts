// The metrics that there are, as AWS documents them, each with the dimensions that it comes with. One that is misspelled, or
// asked for by other dimensions, is never an error to CloudWatch: it has no data for ever.
import { metrics } from '../../../shared/processing/measure.ts';
import { ofType, type Resources } from './rule.ts';

/** What an alarm or a line of a dashboard names. */
export interface NamedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

const documented: Readonly<
  Record<string, { readonly names: readonly string[]; readonly by: readonly string[] }>
> = {
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
  'AWS/SQS': {
    names: ['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible', 'NumberOfMessagesSent'],
    by: ['QueueName'],
  },
  // https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
  'AWS/SNS': {
    names: [
      ...['NumberOfMessagesPublished', 'NumberOfNotificationsDelivered', 'NumberOfNotificationsFailed'],
      'NumberOfNotificationsFailedToRedriveToDlq',
    ],
    by: ['TopicName'],
  },
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
  'AWS/Lambda': { names: ['ConcurrentExecutions', 'Duration', 'Errors', 'Throttles'], by: ['FunctionName'] },
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
  'AWS/ApiGateway': { names: ['4xx', '5xx', 'Count'], by: ['ApiId'] },
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
  'AWS/DynamoDB': {
    names: [
      ...['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'],
      ...['ReadThrottleEvents', 'WriteThrottleEvents'],
    ],
    by: ['TableName'],
  },
};

/** What is wrong with the metric in these resources; undefined when it has data once something happens. */
export function flawOf(
  { namespace, name, dimensions }: NamedMetric,
  resources: Resources,
): string | undefined {
  if (namespace === 'Darkroom') return flawOfOwn(name, dimensions, resources);
  const known = documented[namespace];
  if (!known?.names.includes(name)) return `${namespace} has no ${name}`;
  const [subject = '', ...others] = Object.keys(dimensions);
  if (!known.by.includes(subject)) return `${namespace} knows no ${subject}`;
  const { [subject]: value = '', ...rest } = dimensions;
  const resource = [...resources.values()].find(
    (one) => typeOf[subject] === one.type && (one.name === value || one.properties.FunctionName === value),
  );
  if (resource === undefined) return `there is no ${subject} ${value}`;
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
  const isAlias =
    subject === 'FunctionName' &&
    ofType(resources, 'AWS::Lambda::Alias').some(
      ({ properties }) =>
        properties.FunctionName === value && rest['Resource'] === `${value}:${properties.Name}`,
    );
  const indexes = (resource.properties.GlobalSecondaryIndexes ?? []) as { IndexName: string }[];
  const isIndex = indexes.some(({ IndexName }) => IndexName === rest['GlobalSecondaryIndexName']);
  return others.length === 0 || (others.length === 1 && (isIndex || isAlias))
    ? undefined
    : `${name} has no ${others.join(', ')}`;
}

const typeOf: Readonly<Record<string, string>> = {
  QueueName: 'AWS::SQS::Queue',
  TopicName: 'AWS::SNS::Topic',
  FunctionName: 'AWS::Lambda::Function',
  ApiId: 'AWS::ApiGatewayV2::Api',
  TableName: 'AWS::DynamoDB::Table',
};

function flawOfOwn(
  name: string,
  dimensions: NamedMetric['dimensions'],
  resources: Resources,
): string | undefined {
  const metric = Object.entries(metrics).find(([known]) => known === name)?.[1];
  if (metric === undefined) return `no function measures ${name}`;
  const wanted = metric.of === 'worker' ? 'stage, worker' : 'stage';
  if (Object.keys(dimensions).join(', ') !== wanted) return `${name} is measured by ${wanted}`;
  const functions = ofType(resources, 'AWS::Lambda::Function').map(
    ({ properties }) => properties.FunctionName,
  );
  const { stage, worker } = dimensions;
  const names = functions.filter((one) => one.startsWith(`darkroom-${stage}-`));
  const isThere = names.length > 0 && (worker === undefined || names.includes(`darkroom-${stage}-${worker}`));
  return isThere ? undefined : `there is no ${worker ?? 'function'} in stage ${stage}`;
}
