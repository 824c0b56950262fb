// AWS::Cognito::UserPool and its client: the laptop's own issuer stands for them.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpool.html
import { issuerUrl } from '../identity/issuer.ts';
import type { Provisioner } from './provisioner.ts';

export const provisionUserPool: Provisioner = async ({ logicalId }, { api }) => ({
  ref: logicalId,
  attributes: { Arn: `arn:aws:not-local:::${logicalId}`, ProviderURL: issuerUrl(api, logicalId) },
});

export const provisionUserPoolClient: Provisioner = async ({ logicalId }) => ({
  ref: logicalId,
  attributes: { ClientId: logicalId },
});
