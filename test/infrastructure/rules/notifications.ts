// What leads from a bucket to its topic.
import { list, type Statement } from '../support/policies.ts';
import { ofType, type Resources } from './rule.ts';

/** S3 refuses a notification to a topic that it may not publish to yet, so the topic's policy comes first. */
export const notifications = (resources: Resources): string[] =>
  ofType(resources, 'AWS::S3::Bucket').flatMap(({ logicalId, arn, properties, dependsOn }) => {
    const topics = list<{ Topic: string }>(properties.NotificationConfiguration?.TopicConfigurations);
    return [...new Set(topics.map(({ Topic }) => Topic))].flatMap((topic) => {
      const policy = ofType(resources, 'AWS::SNS::TopicPolicy').find(
        (candidate) =>
          list(candidate.properties.Topics).includes(topic) &&
          list<Statement>(candidate.properties.PolicyDocument.Statement).some((statement) =>
            letsPublish(statement, topic, arn),
          ),
      );
      if (policy === undefined) return [`${logicalId} may not publish to ${topic}`];
      return dependsOn.includes(policy.logicalId)
        ? []
        : [`${logicalId} does not wait for ${policy.logicalId}`];
    });
  });

interface Configured {
  readonly Event?: string;
  readonly Topic?: string;
  readonly Filter?: unknown;
}

const ofOriginals = JSON.stringify({ S3Key: { Rules: [{ Name: 'prefix', Value: 'originals/' }] } });

/** Of each original that comes or goes, and of nothing else. */
export const notifiedEvents = (resources: Resources): string[] => {
  const notified = ofType(resources, 'AWS::S3::Bucket').flatMap(({ properties }) =>
    list<Configured>(properties.NotificationConfiguration?.TopicConfigurations),
  );
  const events = notified.map(({ Event }) => Event).sort();
  const others = notified.filter(({ Filter }) => JSON.stringify(Filter) !== ofOriginals);
  return [
    ...(events.join() === 's3:ObjectCreated:*,s3:ObjectRemoved:*'
      ? []
      : [`OriginalsBucket notifies of ${events.join(' and ')}`]),
    ...others.map(({ Event }) => `OriginalsBucket notifies of ${Event} of more than originals`),
  ];
};

/** What is notified of reaches every queue that a function reads. */
export const fanOut = (resources: Resources): string[] =>
  ofType(resources, 'AWS::Lambda::EventSourceMapping')
    .map(({ properties }) => properties.EventSourceArn)
    .filter(
      (queue) =>
        !ofType(resources, 'AWS::SNS::Subscription').some(({ properties }) => properties.Endpoint === queue),
    )
    .map((queue) => `${queue} is subscribed to nothing`);

function letsPublish(statement: Statement, topic: string, bucketArn: string): boolean {
  const { Effect, Principal, Action, Resource, Condition } = statement;
  const sources = JSON.stringify(Condition ?? {});
  return (
    Effect === 'Allow' &&
    Principal !== '*' &&
    list(Principal?.Service).includes('s3.amazonaws.com') &&
    list(Action).includes('sns:Publish') &&
    list(Resource).includes(topic) &&
    sources.includes(`"${bucketArn}"`) &&
    sources.includes('aws:SourceAccount')
  );
}
