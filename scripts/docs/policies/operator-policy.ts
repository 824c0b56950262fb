// The policy of an operator: what the tools for a deployed stage call, and nothing else.

import { readdir } from 'node:fs/promises';
import { policyText, type Statement, statement } from './policy.ts';
import { modulesOf, sdkCalls } from './sdk-calls.ts';

/** Whoever loads this takes `--stage`. */
const toolMark = 'scripts/operations/stage-options.ts';

/** Commands that are allowed by another name than their own: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  'dynamodb Get': ['GetItem'],
  'dynamodb Update': ['UpdateItem'],
  'dynamodb Query': ['Query'],
  'dynamodb BatchGet': ['BatchGetItem'],
  's3 HeadObject': ['GetObject'],
  's3 DeleteObjects': ['DeleteObject'],
  's3 ListObjectsV2': ['ListBucket'],
  'sns PublishBatch': ['Publish'],
  'sqs SendMessageBatch': ['SendMessage'],
  'sqs DeleteMessageBatch': ['DeleteMessage'],
  'sqs ChangeMessageVisibilityBatch': ['ChangeMessageVisibility'],
};

/** What knows no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const withoutResource: Readonly<Record<string, string>> = {
  'cloudwatch-logs GetQueryResults': 'logs:GetQueryResults',
  'cloudfront ListDistributions': 'cloudfront:ListDistributions',
};

/** What modules can do that tools load for something else: reconciling deletes renditions, and makes no ledger. */
const neverSent: readonly string[] = ['s3 PutObject', 'dynamodb Put'];

/** Services whose prefix in a policy is another than their client's name. */
const prefixes: Readonly<Record<string, string>> = { 'cloudwatch-logs': 'logs' };

const resourcesOf: Readonly<Record<string, readonly string[]>> = {
  cloudformation: ['arn:aws:cloudformation:*:*:stack/darkroom-*'],
  // CloudFront makes up the IDs of distributions.
  cloudfront: ['arn:aws:cloudfront::*:distribution/*'],
  dynamodb: ['arn:aws:dynamodb:*:*:table/darkroom-*'],
  logs: ['arn:aws:logs:*:*:log-group:/aws/lambda/darkroom-*'],
  s3: ['arn:aws:s3:::darkroom-*-originals-*', 'arn:aws:s3:::darkroom-*-renditions-*'],
  sns: ['arn:aws:sns:*:*:darkroom-*'],
  sqs: ['arn:aws:sqs:*:*:darkroom-*'],
};

/** docs/deploy.md: an original that was deleted by accident. */
const bringBack: Statement = statement(
  'BringBackOriginals',
  ['s3:GetObjectVersion', 's3:ListBucketVersions'],
  ['arn:aws:s3:::darkroom-*-originals-*'],
);

/** @throws {Error} of a service that no tool called before */
export async function operatorPolicy(): Promise<string> {
  const byService = new Map<string, Set<string>>();
  const everywhere = new Set<string>();
  for (const tool of await tools()) {
    for (const call of await sdkCalls(tool)) {
      if (neverSent.includes(call)) continue;
      const unbound = withoutResource[call];
      if (unbound !== undefined) {
        everywhere.add(unbound);
        continue;
      }
      const [client = '', command = ''] = call.split(' ');
      const service = prefixes[client] ?? client;
      const actions = byService.get(service) ?? new Set();
      for (const action of otherNames[call] ?? [command]) actions.add(`${service}:${action}`);
      byService.set(service, actions);
    }
  }
  const statements = [...byService].sort().map(([service, actions]) => {
    const resources = resourcesOf[service];
    if (resources === undefined)
      throw new Error(
        `scripts/docs/policies/operator-policy.ts does not say which resources of ${service} are ours.`,
      );
    return statement(service.toUpperCase(), actions, resources);
  });
  return policyText([...statements, statement('WithoutResources', everywhere, ['*']), bringBack]);
}

/** The programs in `scripts/` that work on a deployed stage. */
export async function tools(): Promise<string[]> {
  const programs = (await readdir('scripts')).filter((name) => name.endsWith('.ts')).sort();
  const loading = programs.map(async (name) => {
    const path = `scripts/${name}`;
    return (await modulesOf(path)).has(toolMark) ? [path] : [];
  });
  return (await Promise.all(loading)).flat();
}
