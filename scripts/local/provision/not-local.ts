// The resource types that mean nothing on a laptop, each with the reason. A type that is neither here nor
// provisioned stops the start-up: better a clear refusal than a service that runs on half of its template.
import type { Provisioned } from './provisioner.ts';

const noIam = 'nobody is refused by IAM here: every key may do everything';
const noOperators = 'there is no CloudWatch: logs are in the terminal';
const offline = 'serverless-offline answers HTTP and runs the functions';
const noSignIn = 'the laptop’s issuer makes tokens for whoever can read its data folder';
const noRelease = 'there is one version of each function, the code as it is';
const noDelivery = 'browsers read from the local S3 itself';

export const notLocal: Readonly<Record<string, string>> = {
  'AWS::IAM::ManagedPolicy': noIam,
  'AWS::IAM::Policy': noIam,
  'AWS::IAM::Role': noIam,
  'AWS::KMS::Alias': 'nothing is encrypted at rest',
  'AWS::KMS::Key': 'nothing is encrypted at rest',
  'AWS::S3::BucketPolicy': noIam,
  'AWS::SNS::TopicPolicy': noIam,
  'AWS::SQS::QueuePolicy': noIam,
  'AWS::Budgets::Budget': 'nothing costs anything here',
  'AWS::CloudWatch::Alarm': noOperators,
  'AWS::CloudWatch::CompositeAlarm': noOperators,
  'AWS::CloudWatch::Dashboard': noOperators,
  'AWS::Logs::LogGroup': noOperators,
  'AWS::Logs::MetricFilter': noOperators,
  'AWS::Logs::QueryDefinition': noOperators,
  'AWS::ApiGatewayV2::Api': offline,
  'AWS::ApiGatewayV2::Authorizer': offline,
  'AWS::ApiGatewayV2::Integration': offline,
  'AWS::ApiGatewayV2::Route': offline,
  'AWS::ApiGatewayV2::Stage': offline,
  'AWS::Events::Rule': offline,
  'AWS::Lambda::EventInvokeConfig': offline,
  'AWS::Lambda::Function': offline,
  'AWS::Lambda::Permission': offline,
  'AWS::Scheduler::Schedule': offline,
  'AWS::CodeDeploy::Application': noRelease,
  'AWS::CodeDeploy::DeploymentGroup': noRelease,
  'AWS::Lambda::LayerVersion': 'functions load what is in node_modules',
  'AWS::Lambda::Version': noRelease,
  'AWS::Cognito::UserPoolDomain': noSignIn,
  'AWS::Cognito::UserPoolResourceServer': noSignIn,
  'AWS::CloudFront::CachePolicy': noDelivery,
  'AWS::CloudFront::Distribution': noDelivery,
  'AWS::CloudFront::Function': noDelivery,
  'AWS::CloudFront::KeyGroup': noDelivery,
  'AWS::CloudFront::OriginAccessControl': noDelivery,
  'AWS::CloudFront::OriginRequestPolicy': noDelivery,
  'AWS::CloudFront::PublicKey': noDelivery,
  'AWS::CloudFront::ResponseHeadersPolicy': noDelivery,
};

/** A stand-in, so that others may name it; its other attributes have no value here. */
export function standIn(logicalId: string): Provisioned {
  return { ref: logicalId, attributes: { Arn: `arn:aws:not-local:::${logicalId}` } };
}
