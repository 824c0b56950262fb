// What functions, and what leads to them, must say.
import { existsSync } from 'node:fs';
import { ofType } from './rule.ts';
import { arnOf, type Check, given, is, like, ofStage, refTo, type Settings, within } from './value.ts';

const lambda = arnOf('AWS::Lambda::Alias');

/** An API or a schedule of this template, in this account. */
const caller: Check = (value, _resource, { place, resources }) => {
  const regional = `${place.region}:${place.account}`;
  const apis = ofType(resources, 'AWS::ApiGatewayV2::Api').map(
    ({ name }) => `execute-api:${regional}:${name}/*`,
  );
  const schedules = ofType(resources, 'AWS::Events::Rule').map(
    ({ name }) => `events:${regional}:rule/${name}`,
  );
  return [...apis, ...schedules].some((one) => value === `arn:${place.partition}:${one}`);
};

export const settingsOfFunctions: Settings = {
  'AWS::Lambda::Function': {
    FunctionName: ofStage,
    Handler: (value) =>
      typeof value === 'string' &&
      /^functions\/[\w-]+\.handler$/.test(value) &&
      existsSync(value.replace(/handler$/, 'ts')),
    Runtime: is('nodejs24.x'),
    Architectures: is(['arm64']),
    // Of megabytes, and of seconds.
    MemorySize: within(128, 3008),
    Timeout: within(1, 300),
    'Code.S3Bucket': given,
    'Code.S3Key': given,
    'Environment.Variables': given,
    // Without it Lambda logs two lines of each invocation; above INFO it drops the metrics.
    'LoggingConfig.LogFormat': is('JSON'),
    'LoggingConfig.ApplicationLogLevel': is('INFO'),
    'LoggingConfig.SystemLogLevel': is('WARN'),
  },
  'AWS::Lambda::Version': { FunctionName: refTo('AWS::Lambda::Function'), CodeSha256: given },
  'AWS::Lambda::LayerVersion': {
    LayerName: ofStage,
    'Content.S3Bucket': given,
    // Not among what deployments leave behind, which is deleted after five of them.
    'Content.S3Key': like(/\/layers\/imaging-[0-9a-f]{32}\.layer$/),
    CompatibleRuntimes: is(['nodejs24.x']),
    CompatibleArchitectures: is(['arm64']),
  },
  'AWS::Lambda::Alias': {
    FunctionName: refTo('AWS::Lambda::Function'),
    FunctionVersion: given,
    Name: is('live'),
  },
  'AWS::CodeDeploy::Application': { ApplicationName: ofStage, ComputePlatform: is('Lambda') },
  'AWS::CodeDeploy::DeploymentGroup': {
    ApplicationName: refTo('AWS::CodeDeploy::Application'),
    DeploymentGroupName: given,
    ServiceRoleArn: arnOf('AWS::IAM::Role'),
    // What CodeDeploy knows of functions: https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-groups.html
    'DeploymentStyle.DeploymentType': is('BLUE_GREEN'),
    'DeploymentStyle.DeploymentOption': is('WITH_TRAFFIC_CONTROL'),
  },
  'AWS::Lambda::Permission': {
    FunctionName: lambda,
    Action: is('lambda:InvokeFunction'),
    Principal: is('apigateway.amazonaws.com', 'events.amazonaws.com'),
    SourceArn: caller,
  },
  'AWS::Lambda::EventSourceMapping': {
    BatchSize: within(1, 10),
    Enabled: is(true),
    EventSourceArn: arnOf('AWS::SQS::Queue'),
    FunctionName: lambda,
    'ScalingConfig.MaximumConcurrency': within(2, 50),
  },
  'AWS::Events::Rule': {
    ScheduleExpression: is('rate(5 minutes)'),
    State: is('ENABLED'),
    'Targets[].Arn': lambda,
    'Targets[].Id': given,
  },
  // Traces look back for two weeks.
  'AWS::Logs::LogGroup': { LogGroupName: ofStage, RetentionInDays: within(14, 90) },
  'AWS::IAM::Role': {
    AssumeRolePolicyDocument: given,
    'Policies[].PolicyName': given,
    'Policies[].PolicyDocument': given,
  },
};
