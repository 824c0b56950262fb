// Every queue wakes somebody, every alarm reaches the topic that it is to tell, and that topic whoever is to be woken.
import { fits, list, resourceStatements } from '../support/policies.ts';
import { type Deployment, ofType, type Resources } from './rule.ts';

/** Every DLQ has an alarm for holding anything, every queue that a function reads one for its oldest message. */
export const queueAlarms = (resources: Resources): string[] => {
  const queues = ofType(resources, 'AWS::SQS::Queue');
  const targets = new Set(queues.map(({ properties }) => properties.RedrivePolicy?.deadLetterTargetArn));
  const read = new Set(
    ofType(resources, 'AWS::Lambda::EventSourceMapping').map(({ properties }) => properties.EventSourceArn),
  );
  const alarms = ofType(resources, 'AWS::CloudWatch::Alarm');
  return queues.flatMap(({ logicalId, name, arn }) => {
    if (!targets.has(arn) && !read.has(arn)) return [];
    const metric = targets.has(arn) ? 'ApproximateNumberOfMessagesVisible' : 'ApproximateAgeOfOldestMessage';
    const watched = alarms.some(
      ({ properties }) =>
        properties.MetricName === metric &&
        list<{ Name: string; Value: string }>(properties.Dimensions).some(
          ({ Name, Value }) => Name === 'QueueName' && Value === name,
        ) &&
        list(properties.AlarmActions).length > 0,
    );
    return watched ? [] : [`${logicalId} wakes nobody by ${metric}`];
  });
};

/** Every alarm may publish to the topics that it is to tell. */
export const alarmTopics = (resources: Resources): string[] => {
  const open = resourceStatements(resources).filter(
    ({ Effect, Action, Principal }) =>
      Effect === 'Allow' &&
      list(Action).includes('sns:Publish') &&
      Principal !== '*' &&
      list(Principal?.Service).includes('cloudwatch.amazonaws.com'),
  );
  return ofType(resources, 'AWS::CloudWatch::Alarm').flatMap(({ logicalId, arn, properties }) => {
    const refusing = list<string>(properties.AlarmActions).filter(
      (topic) =>
        !open.some(
          ({ Resource, Condition }) =>
            list(Resource).includes(topic) &&
            list(Condition?.['ArnLike']?.['aws:SourceArn']).some((pattern) => fits(pattern, arn)),
        ),
    );
    return refusing.map((topic) => `${logicalId} may not publish to ${topic}`);
  });
};

/** Who is to be woken by the stage's parameter is subscribed to what alarms tell, and nobody else is. */
export const wokenAddress = (resources: Resources, { params }: Deployment): string[] => {
  const told = ofType(resources, 'AWS::SNS::Subscription')
    .filter(({ properties }) => properties.TopicArn === resources.get('OperatorsTopic')?.arn)
    .map(({ properties }) => properties.Endpoint);
  const wanted = params['alarmEmail'] ?? '';
  return told.join() === wanted ? [] : [`OperatorsTopic tells ${told.join() || 'nobody'}`];
};
