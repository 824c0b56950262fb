// What topics, queues and subscriptions must say beside what their own rules ask.
import { arnOf, is, ofStage, refTo, type Settings, within } from './value.ts';

const minuteSeconds = 60;
const daySeconds = 24 * 60 * minuteSeconds;

export const settingsOfMessages: Settings = {
  'AWS::SNS::Topic': { TopicName: ofStage },
  'AWS::SNS::TopicPolicy': {
    'Topics[]': refTo('AWS::SNS::Topic'),
    PolicyDocument: (value) => value !== undefined,
  },
  'AWS::SNS::Subscription': {
    TopicArn: arnOf('AWS::SNS::Topic'),
    Protocol: is('sqs', 'email'),
    RawMessageDelivery: (value, { properties }) =>
      value === (properties.Protocol === 'sqs' ? true : undefined),
    // Only operators are written to: what is published of images is their owners'.
    Endpoint: (value, { properties }, { resources }) =>
      properties.Protocol === 'email'
        ? /@/.test(String(value)) && properties.TopicArn === resources.get('OperatorsTopic')?.arn
        : refTo('AWS::SQS::Queue')(value, properties, { resources } as never),
  },
  'AWS::SQS::Queue': {
    QueueName: ofStage,
    MessageRetentionPeriod: within(4 * daySeconds, 14 * daySeconds),
    VisibilityTimeout: (value) =>
      value === undefined || (Number(value) >= 30 && Number(value) <= 30 * minuteSeconds),
  },
  'AWS::SQS::QueuePolicy': {
    'Queues[]': refTo('AWS::SQS::Queue'),
    PolicyDocument: (value) => value !== undefined,
  },
};
