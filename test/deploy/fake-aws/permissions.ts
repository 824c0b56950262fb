// Whether a policy of a person lets a deployment's call through: of what it calls itself, and of what CloudFormation makes
// for it. Only what these policies use of IAM is understood.

import { fits } from '../../infrastructure/support/policies.ts';
import type { S3Request } from './buckets.ts';
import { account } from './names.ts';

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: object;
}

export interface Permissions {
  /** By a call of their own. */
  may(action: string, resource: string): boolean;
  /** By way of a stack. */
  mayByStack(action: string, resource: string): boolean;
}

/** @param policies their texts: what one of them allows is allowed */
export function permissionsOf(...policies: readonly string[]): Permissions {
  const statements = policies.flatMap(
    (policy) => (JSON.parse(policy) as { Statement: readonly Statement[] }).Statement,
  );
  const allows = (action: string, resource: string, isByStack: boolean) =>
    statements.some(
      ({ Action, Resource, Condition }) =>
        (Condition === undefined || isByStack) &&
        Action.includes(action) &&
        Resource.some((pattern) => fits(pattern, resource)),
    );
  return {
    may: (action, resource) => allows(action, resource, false),
    mayByStack: (action, resource) => allows(action, resource, true),
  };
}

/** What S3 asks IAM for, and of what. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
export function askedOfS3({
  method,
  bucket,
  key,
  query,
  body,
}: S3Request): [action: string, resource: string] {
  const action = () => {
    if (query.has('versions')) return 'ListBucketVersions';
    if (query.has('versioning')) return 'GetBucketVersioning';
    if (query.has('location')) return 'GetBucketLocation';
    if (query.has('delete')) return body.includes('<VersionId>') ? 'DeleteObjectVersion' : 'DeleteObject';
    if (key === '') return 'ListBucket';
    return method === 'GET' || method === 'HEAD' ? 'GetObject' : 'PutObject';
  };
  const isOfObjects = key !== '' || query.has('delete');
  return [`s3:${action()}`, `arn:aws:s3:::${bucket}${isOfObjects ? `/${key}` : ''}`];
}

/** What CloudFormation asks a service for to make a resource of a type that has a name. */
const creations: Readonly<
  Record<string, readonly [action: string, arn: (region: string, name: string) => string]>
> = {
  'AWS::S3::Bucket': ['s3:CreateBucket', (_region, name) => `arn:aws:s3:::${name}`],
  'AWS::DynamoDB::Table': ['dynamodb:CreateTable', of('dynamodb', 'table/')],
  'AWS::SQS::Queue': ['sqs:CreateQueue', of('sqs', '')],
  'AWS::SNS::Topic': ['sns:CreateTopic', of('sns', '')],
  'AWS::Lambda::Function': ['lambda:CreateFunction', of('lambda', 'function:')],
  'AWS::CodeDeploy::Application': ['codedeploy:CreateApplication', of('codedeploy', 'application:')],
  'AWS::Lambda::LayerVersion': ['lambda:PublishLayerVersion', of('lambda', 'layer:')],
  'AWS::Logs::LogGroup': ['logs:CreateLogGroup', of('logs', 'log-group:')],
  'AWS::CloudWatch::Alarm': ['cloudwatch:PutMetricAlarm', of('cloudwatch', 'alarm:')],
  'AWS::Events::Rule': ['events:PutRule', of('events', 'rule/')],
  'AWS::IAM::Role': ['iam:CreateRole', (_region, name) => `arn:aws:iam::${account}:role/${name}`],
};

/** What making this resource asks for; undefined of a type without names. */
export function askedToCreate(
  type: string,
  region: string,
  name: string,
): [action: string, resource: string] | undefined {
  const [action, arn] = creations[type] ?? [];
  return action !== undefined && arn !== undefined ? [action, arn(region, name)] : undefined;
}

function of(service: string, kind: string) {
  return (region: string, name: string) => `arn:aws:${service}:${region}:${account}:${kind}${name}`;
}
