// The policies of people in resources/policies/: as narrow as what they do, and short enough to be given to a role.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tools } from '../../scripts/docs/policies/operator-policy.ts';
import type { Statement } from '../../scripts/docs/policies/policy.ts';
import { modulesOf, sdkCalls } from '../../scripts/docs/policies/sdk-calls.ts';
import { fits } from './support/policies.ts';

const policyOf = (name: string) =>
  JSON.parse(readFileSync(`resources/policies/${name}.json`, 'utf8')) as { Statement: readonly Statement[] };
const names = ['deploy', 'operator', 'remove'] as const;

/** Of an inline policy of a role; white space counts for nothing. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostCharacters = 10_240;

/** Where AWS makes up IDs, so that no name can be asked for. */
const withoutNames = [
  ...['arn:aws:apigateway:*::/apis', 'arn:aws:apigateway:*::/apis/*', 'arn:aws:apigateway:*::/tags/*'],
  ...['arn:aws:cognito-idp:*:*:userpool/*', 'arn:aws:lambda:*:*:event-source-mapping:*'],
  ...[
    'arn:aws:cloudfront::*:*',
    'arn:aws:cloudfront::*:distribution/*',
    'arn:aws:codedeploy:*:*:deploymentconfig:*',
  ],
  'arn:aws:secretsmanager:*:*:secret:CursorKey-*',
];
/** What is asked of no resource. */
const everywhere = ['WithoutResources', 'Templates'];

describe.each(names)('the %s policy', (name) => {
  const { Statement: statements } = policyOf(name);

  it('names every action in full', () => {
    const wide = statements.flatMap(({ Action }) => Action.filter((action) => action.includes('*')));

    expect(wide).toEqual([]);
  });

  it('reaches nothing but what is called darkroom, where things have names', () => {
    const wide = statements
      .filter(({ Sid }) => !everywhere.includes(Sid))
      .flatMap(({ Resource }) => Resource)
      .filter((arn) => !/(^|[:/])darkroom[-/]/.test(arn) && !withoutNames.includes(arn));

    expect(wide).toEqual([]);
  });

  it('is short enough for a role', () => {
    expect(JSON.stringify(policyOf(name)).length).toBeLessThan(mostCharacters);
  });
});

/** Whether a policy lets its holder do this by a call of their own. */
function mayDirectly(name: (typeof names)[number], action: string, resource: string): boolean {
  return policyOf(name).Statement.some(
    ({ Action, Resource, Condition }) =>
      Condition === undefined &&
      Action.includes(action) &&
      Resource.some((pattern) => fits(pattern, resource)),
  );
}

describe('who deploys', () => {
  const arns = {
    table: 'arn:aws:dynamodb:eu-central-1:111122223333:table/darkroom-prod-images',
    originals: 'arn:aws:s3:::darkroom-prod-originals-111122223333-eu-central-1/originals/image',
    zips: 'arn:aws:s3:::darkroom-prod-serverlessdeploymentbucket-abc/serverless/a.zip',
    role: 'arn:aws:iam::111122223333:role/darkroom-prod-RenditionsRole-ABC',
  } as const;

  it.each([
    ['dynamodb:DeleteTable', arns.table],
    ['s3:GetObject', arns.originals],
    ['s3:DeleteObject', arns.originals],
    ['iam:PutRolePolicy', arns.role],
    ['iam:PassRole', arns.role],
    ['lambda:UpdateFunctionCode', 'arn:aws:lambda:eu-central-1:111122223333:function:darkroom-prod-health'],
  ])('does not %s but by way of a stack', (action, resource) => {
    expect(mayDirectly('deploy', action, resource)).toBe(false);
  });

  it('puts zips where deployments look for them', () => {
    expect(mayDirectly('deploy', 's3:PutObject', arns.zips)).toBe(true);
  });

  it('hands roles to what runs and releases functions, and to nothing else', () => {
    const passing = policyOf('deploy').Statement.filter(({ Action }) => Action.includes('iam:PassRole'));
    const services = passing.flatMap(
      ({ Condition }) => Condition?.['StringEquals']?.['iam:PassedToService'] ?? [],
    );

    expect(passing).toHaveLength(1);
    expect(services).toContain('lambda.amazonaws.com');
    expect(['codedeploy.amazonaws.com', 'lambda.amazonaws.com']).toEqual(expect.arrayContaining(services));
  });
});

describe('who removes stages', () => {
  it('deletes objects and their versions of the stages’ buckets, and reads none', () => {
    const original = 'arn:aws:s3:::darkroom-dev-originals-1/originals/image';

    expect(mayDirectly('remove', 's3:DeleteObjectVersion', original)).toBe(true);
    expect(mayDirectly('remove', 's3:GetObject', original)).toBe(false);
    expect(mayDirectly('remove', 's3:DeleteObject', 'arn:aws:s3:::somebody-elses/originals/image')).toBe(
      false,
    );
  });
});

describe('an operator', () => {
  it('may what the tools for a stage ask for', async () => {
    expect(await tools()).toEqual(
      expect.arrayContaining(['scripts/backfill.ts', 'scripts/dlq.ts', 'scripts/reconcile.ts']),
    );
    const queue = 'arn:aws:sqs:eu-central-1:111122223333:darkroom-prod-renditions-dlq';
    expect(await sdkCalls('scripts/dlq.ts')).toContain('sqs StartMessageMoveTask');
    expect(mayDirectly('operator', 'sqs:StartMessageMoveTask', queue)).toBe(true);
  });

  it.each([
    ['s3:DeleteObjectVersion', 'arn:aws:s3:::darkroom-prod-originals-1/originals/image'],
    ['s3:PutObject', 'arn:aws:s3:::darkroom-prod-originals-1/originals/image'],
    ['s3:GetObject', 'arn:aws:s3:::somebody-elses/originals/image'],
    ['dynamodb:DeleteItem', 'arn:aws:dynamodb:eu-central-1:111122223333:table/darkroom-prod-images'],
    ['dynamodb:DeleteTable', 'arn:aws:dynamodb:eu-central-1:111122223333:table/darkroom-prod-images'],
    ['sqs:PurgeQueue', 'arn:aws:sqs:eu-central-1:111122223333:darkroom-prod-renditions'],
    ['sqs:DeleteMessage', 'arn:aws:sqs:eu-central-1:111122223333:somebody-elses'],
    ['lambda:UpdateFunctionCode', 'arn:aws:lambda:eu-central-1:111122223333:function:darkroom-prod-health'],
  ])('may not %s of %s', (action, resource) => {
    expect(mayDirectly('operator', action, resource)).toBe(false);
  });

  it('can do nothing more because a module is loaded for its types alone', async () => {
    const loaded = await modulesOf('scripts/dlq.ts');

    expect(loaded).toContain('scripts/dlq/redrive.ts');
    expect(loaded).not.toContain('functions/create-upload.ts');
  });
});
