// Functions that may write where a notification listens, or publish or send, so that they are invoked again by it.
import { list } from '../support/policies.ts';
import type { ResolvedResource } from '../support/resolved-template.ts';
import { functionOf, functionsOf, statementsOfFunction } from './functions.ts';
import { byArn, ofType, type Resources } from './rule.ts';

export const loops = (resources: Resources): string[] => {
  const notifying = ofType(resources, 'AWS::S3::Bucket')
    .filter(({ properties }) => properties.NotificationConfiguration)
    .map(({ arn }) => arn);
  const invokedByUploads = reachedFrom(resources, notifying);
  return functionsOf(resources).flatMap((one) => {
    const writes = writesOf(resources, one);
    const own = reachedFrom(resources, writes).has(one.arn) ? [`${one.logicalId} can invoke itself`] : [];
    const written = invokedByUploads.has(one.arn) ? writes.filter((arn) => notifying.includes(arn)) : [];
    return [...own, ...written.map((arn) => `${one.logicalId} is invoked by ${arn} and may write to it`)];
  });
};

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
  const source = byArn(resources, arn);
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
function writesOf(resources: Resources, one: ResolvedResource): string[] {
  const granted = statementsOfFunction(resources, one)
    .filter(({ Effect, Action }) => Effect === 'Allow' && list(Action).some((action) => writing.test(action)))
    .flatMap(({ Resource }) => list(Resource));
  return [...resources.values()]
    .filter(({ arn }) => granted.some((pattern) => pattern === arn || pattern.startsWith(`${arn}/`)))
    .map(({ arn }) => arn);
}
