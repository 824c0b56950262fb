// A small template with one resource of each type that is provisioned, for the tests of provisioning.
import { provisionStack } from '../../../scripts/local/provision/provision-stack.ts';
import type { CompiledService, TemplateResource } from '../../../scripts/local/template/types.ts';
import { region, type TestEngines } from './engines.ts';

export function queue(properties: TemplateResource['Properties'] = {}): TemplateResource {
  return {
    Type: 'AWS::SQS::Queue',
    Properties: properties,
  };
}

export const resources: Record<string, TemplateResource> = {
  Jobs: queue({
    QueueName: 'jobs',
    VisibilityTimeout: 42,
    RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 5 },
  }),
  Dead: queue({ MessageRetentionPeriod: 1_209_600 }),
  News: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } },
  NewsToJobs: {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: { Ref: 'News' },
      Protocol: 'sqs',
      Endpoint: { 'Fn::GetAtt': ['Jobs', 'Arn'] },
      RawMessageDelivery: true,
    },
  },
  Role: { Type: 'AWS::IAM::Role', Properties: { Anything: { 'Fn::Unknown': [] } } },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Jobs', 'Arn'] },
      FunctionName: { 'Fn::GetAtt': ['WorkLambdaFunction', 'Arn'] },
      BatchSize: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 3 },
    },
  },
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'things',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'owner', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byOwner',
          KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    },
  },
};

/** Provisions the template with `change` over it. */
export function provisionTemplate(
  engines: TestEngines & { readonly folder: string },
  change: Record<string, TemplateResource> = {},
  conditions = {},
) {
  const service: CompiledService = {
    stackName: 'test-stack',
    stage: 'test',
    region,
    template: { Resources: { ...resources, ...change }, Conditions: conditions },
    functions: [
      {
        key: 'work',
        name: 'test-work',
        logicalId: 'WorkLambdaFunction',
        handler: '',
        timeoutSeconds: 6,
        environment: {},
      },
    ],
  };
  const { clients, folder: dataDir } = engines;
  return provisionStack(service, {
    api: 'http://localhost',
    clients,
    region,
    stackName: service.stackName,
    dataDir,
  });
}
