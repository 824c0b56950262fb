// The rules of delivery as functions over a resolved template: each answers what breaks it, in words.
import type { ResolvedResource } from './resolved-template.ts';

type Resources = ReadonlyMap<string, ResolvedResource>;

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Principal?: { readonly Service?: string };
  readonly Condition?: object;
}

const ofType = (resources: Resources, type: string) =>
  [...resources.values()].filter((resource) => resource.type === type);
const list = <T>(value: T | readonly T[] | undefined): readonly T[] => [value ?? []].flat() as T[];

const fourteenDaysSeconds = 14 * 24 * 60 * 60;

/** Every queue that a function reads has a DLQ after five receives, one that keeps its messages for 14 days. */
export function deadLetterViolations(resources: Resources): string[] {
  const queues = ofType(resources, 'AWS::SQS::Queue');
  const targets = new Set(queues.map(({ properties }) => properties.RedrivePolicy?.deadLetterTargetArn));
  return queues.flatMap(({ logicalId, arn, properties }) => {
    if (targets.has(arn)) {
      return properties.MessageRetentionPeriod === fourteenDaysSeconds
        ? []
        : [`${logicalId} forgets too soon`];
    }
    const { deadLetterTargetArn, maxReceiveCount } = properties.RedrivePolicy ?? {};
    const target = queues.find((queue) => queue.arn === deadLetterTargetArn);
    if (target === undefined) return [`${logicalId} has no DLQ`];
    return Number(maxReceiveCount) === 5 ? [] : [`${logicalId} gives up after ${maxReceiveCount} receives`];
  });
}

/** Every DLQ has an alarm for holding anything, every other queue one for its oldest message. */
export function alarmViolations(resources: Resources): string[] {
  const queues = ofType(resources, 'AWS::SQS::Queue');
  const targets = new Set(queues.map(({ properties }) => properties.RedrivePolicy?.deadLetterTargetArn));
  const alarms = ofType(resources, 'AWS::CloudWatch::Alarm');
  return queues.flatMap(({ logicalId, name, arn }) => {
    const metric = targets.has(arn) ? 'ApproximateNumberOfMessagesVisible' : 'ApproximateAgeOfOldestMessage';
    const watched = alarms.some(
      ({ properties }) =>
        properties.MetricName === metric &&
        list<{ Name: string; Value: string }>(properties.Dimensions).some(({ Value }) => Value === name) &&
        list(properties.AlarmActions).length > 0,
    );
    return watched ? [] : [`nobody is woken by ${metric} of ${logicalId}`];
  });
}

/** A queue hides a message for six times as long as its function may take, and a batch may fail in part. */
export function mappingViolations(resources: Resources): string[] {
  return ofType(resources, 'AWS::Lambda::EventSourceMapping').flatMap(({ logicalId, properties }) => {
    const queue = [...resources.values()].find(({ arn }) => arn === properties.EventSourceArn);
    const worker = functionOf(resources, properties.FunctionName);
    if (queue === undefined || worker === undefined) return [`${logicalId} joins nothing`];
    const visibility = Number(queue.properties.VisibilityTimeout);
    const least = 6 * Number(worker.properties.Timeout);
    return [
      ...(visibility >= least ? [] : [`${queue.logicalId} hides messages for ${visibility} s, not ${least}`]),
      ...(list(properties.FunctionResponseTypes).includes('ReportBatchItemFailures')
        ? []
        : [`${logicalId} fails a batch as a whole`]),
    ];
  });
}

/** S3 refuses a notification to a topic that it may not publish to yet, so the topic's policy comes first. */
export function notificationViolations(resources: Resources): string[] {
  return ofType(resources, 'AWS::S3::Bucket').flatMap(({ logicalId, arn, properties, dependsOn }) => {
    const topics = list<{ Topic: string }>(properties.NotificationConfiguration?.TopicConfigurations);
    return [...new Set(topics.map(({ Topic }) => Topic))].flatMap((topic) => {
      const policy = ofType(resources, 'AWS::SNS::TopicPolicy').find(
        (candidate) =>
          list(candidate.properties.Topics).includes(topic) &&
          list<Statement>(candidate.properties.PolicyDocument.Statement).some((statement) =>
            letsPublish(statement, topic, arn),
          ),
      );
      if (policy === undefined) return [`nothing lets ${logicalId} publish to ${topic}`];
      return dependsOn.includes(policy.logicalId)
        ? []
        : [`${logicalId} does not wait for ${policy.logicalId}`];
    });
  });
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
const withoutResources = new Set(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);

/** Each function has a role of its own, which names its actions and resources itself. */
export function roleViolations(resources: Resources): string[] {
  const functions = ofType(resources, 'AWS::Lambda::Function');
  return functions.flatMap(({ logicalId, properties }) => {
    const sharers = functions.filter((other) => other.properties.Role === properties.Role);
    const role = roleOf(resources, properties.Role);
    if (role === undefined) return [`${logicalId} has no role of this template`];
    const wide = statementsOf(role).filter(
      ({ Action, Resource }) =>
        list(Action).some((action) => action.includes('*')) ||
        (list(Resource).includes('*') && !list(Action).every((action) => withoutResources.has(action))),
    );
    const managed = list<string>(role.properties.ManagedPolicyArns);
    return [
      ...managed.map((policy) => `${logicalId} may what others decide: ${policy}`),
      ...(sharers.length === 1 ? [] : [`${logicalId} shares its role`]),
      ...wide.map(({ Action }) => `${logicalId} may do more than it calls: ${list(Action).join(', ')}`),
    ];
  });
}

/** Functions that may write where a notification listens, or publish or send, so that they are invoked again by it. */
export function loopViolations(resources: Resources): string[] {
  const functions = ofType(resources, 'AWS::Lambda::Function');
  const notifying = new Set(
    ofType(resources, 'AWS::S3::Bucket')
      .filter(({ properties }) => properties.NotificationConfiguration)
      .map(({ arn }) => arn),
  );
  return functions.flatMap((one) => {
    const reached = reachedFrom(resources, writesOf(resources, one));
    const loops = reached.has(one.arn) ? [`${one.logicalId} can invoke itself`] : [];
    const isInvokedByUploads = [...notifying].some((bucket) => reachedFrom(resources, [bucket]).has(one.arn));
    const written = writesOf(resources, one).filter((arn) => isInvokedByUploads && notifying.has(arn));
    return [...loops, ...written.map((arn) => `${one.logicalId} is invoked by ${arn} and may write to it`)];
  });
}

/** Everything that hears of something in these resources, step by step. */
function reachedFrom(resources: Resources, origins: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const frontier = [...origins];
  for (let arn = frontier.pop(); arn !== undefined; arn = frontier.pop()) {
    for (const listener of listenersOf(resources, arn)) {
      if (reached.has(listener)) continue;
      reached.add(listener);
      const listening = functionOf(resources, listener);
      frontier.push(listener, ...(listening ? writesOf(resources, listening) : []));
    }
  }
  return reached;
}

function listenersOf(resources: Resources, arn: string): string[] {
  const source = [...resources.values()].find((resource) => resource.arn === arn);
  const configuration = source?.properties.NotificationConfiguration ?? {};
  const notified = ['TopicConfigurations', 'QueueConfigurations', 'LambdaConfigurations'].flatMap((kind) =>
    list<Record<string, string>>(configuration[kind]).map(
      ({ Topic, Queue, Function: target }) => Topic ?? Queue ?? target ?? '',
    ),
  );
  const subscribed = ofType(resources, 'AWS::SNS::Subscription').filter(
    ({ properties }) => properties.TopicArn === arn,
  );
  const mapped = ofType(resources, 'AWS::Lambda::EventSourceMapping').filter(
    ({ properties }) => properties.EventSourceArn === arn,
  );
  // What SQS gives up on lands in the DLQ by itself.
  const redriven = source?.properties.RedrivePolicy?.deadLetterTargetArn;
  return [
    ...notified,
    ...subscribed.map(({ properties }) => properties.Endpoint as string),
    ...mapped.flatMap(({ properties }) => functionOf(resources, properties.FunctionName)?.arn ?? []),
    ...list<string>(redriven),
  ];
}

/** Deletes converge: a removal of what is removed already is refused by the table, and followed by nothing. */
const writing = /^(s3:(Put|Restore|Copy)|sns:Publish|sqs:SendMessage|lambda:Invoke)/;

/** ARNs of what the function's role lets it write to. */
function writesOf(resources: Resources, { properties }: ResolvedResource): string[] {
  const role = roleOf(resources, properties.Role);
  const granted = (role ? statementsOf(role) : [])
    .filter(({ Effect, Action }) => Effect === 'Allow' && list(Action).some((action) => writing.test(action)))
    .flatMap(({ Resource }) => list(Resource));
  return [...resources.values()]
    .filter(({ arn }) => granted.some((pattern) => pattern === arn || pattern.startsWith(`${arn}/`)))
    .map(({ arn }) => arn);
}

function letsPublish(statement: Statement, topic: string, bucketArn: string): boolean {
  const { Effect, Principal, Action, Resource, Condition } = statement;
  const sources = JSON.stringify(Condition ?? {});
  return (
    Effect === 'Allow' &&
    Principal?.Service === 's3.amazonaws.com' &&
    list<string>(Action).includes('sns:Publish') &&
    list<string>(Resource).includes(topic) &&
    sources.includes(`"${bucketArn}"`) &&
    sources.includes('aws:SourceAccount')
  );
}

function functionOf(resources: Resources, nameOrArn: string): ResolvedResource | undefined {
  return ofType(resources, 'AWS::Lambda::Function').find(
    ({ name, arn }) => nameOrArn === arn || nameOrArn === name,
  );
}

function roleOf(resources: Resources, arn: string): ResolvedResource | undefined {
  return ofType(resources, 'AWS::IAM::Role').find((role) => role.arn === arn);
}

function statementsOf({ properties }: ResolvedResource): Statement[] {
  return list<{ PolicyDocument: { Statement: Statement[] } }>(properties.Policies).flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );
}
