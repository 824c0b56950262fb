// What CloudFormation asks of a service to make, change, tag, look at and delete each type of resource: as the type's own
// schema lists it (https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-type-schemas.html).
// A type that is not here stops `npm run docs`.

import {
  accessLog,
  alarm,
  api,
  bucket,
  cloudFront,
  crud,
  lambda,
  queue,
  type ResourceType,
  tags,
  topic,
  userPool,
} from './resource-type.ts';

export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::ApiGatewayV2::Api': api,
  'AWS::ApiGatewayV2::Authorizer': api,
  'AWS::ApiGatewayV2::Integration': api,
  'AWS::ApiGatewayV2::Route': api,
  // The access log: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
  'AWS::ApiGatewayV2::Stage': { ...api, also: accessLog },
  'AWS::Budgets::Budget': {
    service: 'budgets',
    actions: ['ModifyBudget', 'ViewBudget', ...tags],
    resources: ['arn:aws:budgets::*:budget/darkroom-*'],
  },
  'AWS::CloudFront::CachePolicy': cloudFront(crud('CachePolicy')),
  'AWS::CloudFront::Distribution': cloudFront([...crud('Distribution'), 'GetDistributionConfig', ...tags]),
  'AWS::CloudFront::Function': cloudFront([...crud('Function'), 'DescribeFunction', 'PublishFunction']),
  'AWS::CloudFront::KeyGroup': cloudFront(crud('KeyGroup')),
  'AWS::CloudFront::OriginAccessControl': cloudFront(crud('OriginAccessControl')),
  'AWS::CloudFront::OriginRequestPolicy': cloudFront(crud('OriginRequestPolicy')),
  'AWS::CloudFront::PublicKey': cloudFront(crud('PublicKey')),
  'AWS::CloudFront::ResponseHeadersPolicy': cloudFront(crud('ResponseHeadersPolicy')),
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::CompositeAlarm': { ...alarm, actions: [...alarm.actions, 'PutCompositeAlarm'] },
  'AWS::CloudWatch::Dashboard': {
    service: 'cloudwatch',
    actions: ['PutDashboard', 'GetDashboard', 'DeleteDashboards'],
    resources: ['arn:aws:cloudwatch::*:dashboard/darkroom-*'],
  },
  'AWS::CodeDeploy::Application': {
    service: 'codedeploy',
    actions: [...crud('Application'), ...tags],
    resources: ['arn:aws:codedeploy:*:*:application:darkroom-*'],
  },
  'AWS::CodeDeploy::DeploymentGroup': {
    service: 'codedeploy',
    passesRoleTo: 'codedeploy.amazonaws.com',
    // A deployment is CloudFormation's when it moves an alias; what it deploys is registered first:
    // https://docs.aws.amazon.com/codedeploy/latest/userguide/auth-and-access-control-permissions-reference.html
    actions: [
      ...[...crud('DeploymentGroup'), 'CreateDeployment', 'GetDeployment', 'StopDeployment'],
      ...['GetDeploymentConfig', 'RegisterApplicationRevision', 'GetApplicationRevision', ...tags],
    ],
    resources: [
      'arn:aws:codedeploy:*:*:deploymentgroup:darkroom-*',
      'arn:aws:codedeploy:*:*:deploymentconfig:*',
      'arn:aws:codedeploy:*:*:application:darkroom-*',
    ],
  },
  'AWS::Cognito::UserPool': userPool(
    [
      'DescribeUserPool',
      'UpdateUserPool',
      'DeleteUserPool',
      'GetUserPoolMfaConfig',
      'SetUserPoolMfaConfig',
      ...tags,
    ],
    ['CreateUserPool'],
  ),
  'AWS::Cognito::UserPoolClient': userPool(crud('UserPoolClient', 'Describe')),
  'AWS::Cognito::UserPoolDomain': userPool(
    ['CreateUserPoolDomain', 'UpdateUserPoolDomain', 'DeleteUserPoolDomain'],
    ['DescribeUserPoolDomain'],
  ),
  'AWS::Cognito::UserPoolResourceServer': userPool(crud('ResourceServer', 'Describe')),
  'AWS::DynamoDB::Table': {
    service: 'dynamodb',
    actions: [
      ...crud('Table', 'Describe'),
      ...['DescribeContinuousBackups', 'UpdateContinuousBackups', 'DescribeTimeToLive', 'UpdateTimeToLive'],
      ...['DescribeContributorInsights', 'DescribeKinesisStreamingDestination', 'GetResourcePolicy'],
      ...['TagResource', 'UntagResource', 'ListTagsOfResource'],
    ],
    resources: ['arn:aws:dynamodb:*:*:table/darkroom-*'],
  },
  'AWS::Events::Rule': {
    service: 'events',
    actions: [
      ...['PutRule', 'DescribeRule', 'DeleteRule', 'PutTargets', 'RemoveTargets', 'ListTargetsByRule'],
      ...tags,
    ],
    resources: ['arn:aws:events:*:*:rule/darkroom-*'],
  },
  'AWS::IAM::Role': {
    service: 'iam',
    actions: [
      ...[...crud('Role'), 'UpdateAssumeRolePolicy', 'ListAttachedRolePolicies', 'ListRolePolicies'],
      ...['PutRolePolicy', 'GetRolePolicy', 'DeleteRolePolicy', 'TagRole', 'UntagRole'],
    ],
    resources: ['arn:aws:iam::*:role/darkroom-*'],
  },
  'AWS::Lambda::Alias': lambda(crud('Alias')),
  'AWS::Lambda::EventSourceMapping': {
    service: 'lambda',
    actions: [...crud('EventSourceMapping'), 'ListTags', 'TagResource', 'UntagResource'],
    resources: ['arn:aws:lambda:*:*:event-source-mapping:*'],
  },
  'AWS::Lambda::Function': {
    passesRoleTo: 'lambda.amazonaws.com',
    ...lambda([
      ...[
        'CreateFunction',
        'GetFunction',
        'GetFunctionConfiguration',
        'UpdateFunctionCode',
        'DeleteFunction',
      ],
      ...['UpdateFunctionConfiguration', 'ListTags', 'TagResource', 'UntagResource'],
      ...['GetFunctionCodeSigningConfig', 'GetFunctionRecursionConfig', 'GetRuntimeManagementConfig'],
    ]),
  },
  'AWS::Lambda::LayerVersion': {
    service: 'lambda',
    actions: ['PublishLayerVersion', 'GetLayerVersion', 'DeleteLayerVersion'],
    resources: ['arn:aws:lambda:*:*:layer:darkroom-*'],
  },
  'AWS::Lambda::Permission': lambda(['AddPermission', 'RemovePermission', 'GetPolicy']),
  'AWS::Lambda::Version': lambda(['PublishVersion', 'ListVersionsByFunction', 'GetFunctionConfiguration']),
  'AWS::Logs::LogGroup': {
    service: 'logs',
    actions: ['CreateLogGroup', 'DeleteLogGroup', 'PutRetentionPolicy', 'DeleteRetentionPolicy', ...tags],
    anywhere: ['DescribeLogGroups'],
    resources: ['lambda', 'http-api'].map((part) => `arn:aws:logs:*:*:log-group:/aws/${part}/darkroom-*`),
  },
  'AWS::Logs::MetricFilter': {
    service: 'logs',
    actions: ['PutMetricFilter', 'DescribeMetricFilters', 'DeleteMetricFilter'],
    resources: ['arn:aws:logs:*:*:log-group:/aws/lambda/darkroom-*'],
  },
  'AWS::S3::Bucket': bucket([
    ...['CreateBucket', 'DeleteBucket', 'ListBucket'],
    ...[
      ...['BucketTagging', 'EncryptionConfiguration', 'BucketPublicAccessBlock', 'BucketOwnershipControls'],
      ...['BucketVersioning', 'LifecycleConfiguration', 'BucketCORS', 'BucketNotification'],
    ].flatMap((setting) => [`Put${setting}`, `Get${setting}`]),
  ]),
  'AWS::S3::BucketPolicy': bucket(['PutBucketPolicy', 'GetBucketPolicy', 'DeleteBucketPolicy']),
  'AWS::SNS::Subscription': topic([
    ...['Subscribe', 'Unsubscribe', 'GetSubscriptionAttributes', 'SetSubscriptionAttributes'],
    'ListSubscriptionsByTopic',
  ]),
  'AWS::SNS::Topic': topic([
    ...['CreateTopic', 'DeleteTopic', 'GetTopicAttributes', 'SetTopicAttributes', ...tags],
    ...['ListSubscriptionsByTopic', 'GetDataProtectionPolicy'],
  ]),
  'AWS::SNS::TopicPolicy': topic(['GetTopicAttributes', 'SetTopicAttributes']),
  'AWS::SQS::Queue': queue([
    ...['CreateQueue', 'DeleteQueue', 'GetQueueAttributes', 'SetQueueAttributes', 'GetQueueUrl'],
    ...['TagQueue', 'UntagQueue', 'ListQueueTags'],
  ]),
  'AWS::SQS::QueuePolicy': queue(['GetQueueAttributes', 'SetQueueAttributes']),
  // CloudFormation makes up the name from the logical ID, and reads the secret for what refers to it: a delivery key too.
  'AWS::SecretsManager::Secret': {
    service: 'secretsmanager',
    actions: [...crud('Secret', 'Describe'), 'GetSecretValue', 'TagResource', 'UntagResource'],
    anywhere: ['GetRandomPassword'],
    resources: ['CursorKey-*', 'darkroom/*'].map((name) => `arn:aws:secretsmanager:*:*:secret:${name}`),
  },
  'AWS::SSM::Parameter': {
    service: 'ssm',
    actions: [
      'PutParameter',
      'GetParameters',
      'DeleteParameter',
      'AddTagsToResource',
      'RemoveTagsFromResource',
    ],
    resources: ['arn:aws:ssm:*:*:parameter/darkroom/*'],
  },
};
