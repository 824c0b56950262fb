// The policy of whoever deploys and removes stages: what the framework calls itself, and what CloudFormation calls for it.

import { compileProject } from '../../local/template/compile.ts';
import { policyText, type Statement, statement } from './policy.ts';
import type { ResourceType } from './resource-type.ts';
import { resourceTypes } from './resource-types.ts';

const stages = ['dev', 'test', 'prod'] as const;
/** With all that a stage can have, and no keys. */
const params = { delivery: 'public' } as const;

/** What the packaging adds to what can be compiled without it. */
const packaged = [
  ...['AWS::Lambda::Function', 'AWS::Lambda::Version', 'AWS::Lambda::LayerVersion', 'AWS::Logs::LogGroup'],
  ...['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
  // Of a distribution whose URLs are signed: once the stage has keys.
  ...['AWS::CloudFront::KeyGroup', 'AWS::CloudFront::PublicKey'],
];

/** What `serverless deploy`, `remove` and the tools for deployments call by themselves. `test/deploy/` runs them with this and nothing else. */
const framework: readonly Statement[] = [
  statement(
    'Stacks',
    [
      ...['CreateChangeSet', 'DescribeChangeSet', 'ExecuteChangeSet', 'DeleteChangeSet', 'DeleteStack'],
      ...[
        'DescribeStacks',
        'DescribeStackEvents',
        'DescribeStackResource',
        'ListStackResources',
        'GetTemplate',
      ],
      'UpdateTerminationProtection',
    ].map((action) => `cloudformation:${action}`),
    ['arn:aws:cloudformation:*:*:stack/darkroom-*/*'],
  ),
  statement('Templates', ['cloudformation:ValidateTemplate', 'sts:GetCallerIdentity'], ['*']),
  statement(
    'Zips',
    [
      ...['ListBucket', 'ListBucketVersions', 'GetBucketLocation', 'GetBucketVersioning'],
      ...['GetObject', 'PutObject', 'DeleteObject', 'DeleteObjectVersion'],
    ].map((action) => `s3:${action}`),
    ['arn:aws:s3:::darkroom-*-serverlessdeploymentbucket-*'],
  ),
  statement(
    'Page',
    ['ListBucket', 'GetObject', 'PutObject', 'DeleteObject'].map((action) => `s3:${action}`),
    ['arn:aws:s3:::darkroom-*-page-*'],
  ),
  // `npm run delivery-keys`.
  statement(
    'DeliveryKeys',
    ['secretsmanager:CreateSecret'],
    ['arn:aws:secretsmanager:*:*:secret:darkroom/*/delivery-key-*'],
  ),
  statement('WhatIsDeployed', ['lambda:GetFunction'], ['arn:aws:lambda:*:*:function:darkroom-*']),
];

/** Nobody who has this policy does any of it but by way of a stack. */
const byCloudFormation = {
  'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' },
} as const;

/** @throws {Error} of a type of resource that `resource-types.ts` does not have */
export async function deployPolicy(): Promise<string> {
  const types = await typesInUse();
  const anywhere = types.flatMap(({ service, anywhere: own = [], also = [] }) => [
    ...own.map((action) => `${service}:${action}`),
    ...also,
  ]);
  return policyText([
    ...framework,
    // In one statement, since a role's policies may not be longer: an action meets the resources of its own service alone.
    statement(
      'ByStack',
      types.flatMap(({ service, actions }) => actions.map((action) => `${service}:${action}`)),
      types.flatMap(({ resources }) => resources),
      byCloudFormation,
    ),
    statement('WithoutResources', anywhere, ['*'], byCloudFormation),
    statement('HandRolesOn', ['iam:PassRole'], ['arn:aws:iam::*:role/darkroom-*'], {
      StringEquals: { 'iam:PassedToService': types.flatMap(({ passesRoleTo = [] }) => passesRoleTo).sort() },
    }),
  ]);
}

async function typesInUse(): Promise<ResourceType[]> {
  const compiled = await Promise.all(stages.map((stage) => compileProject({ stage, params })));
  const names = compiled.flatMap(({ template }) => Object.values(template.Resources).map(({ Type }) => Type));
  return [...new Set([...names, ...packaged])].sort().map((name) => {
    const type = resourceTypes[name];
    if (type === undefined)
      throw new Error(
        `scripts/docs/policies/resource-types.ts does not say what it takes to deploy ${name}.`,
      );
    return type;
  });
}
