// The production stage as the tests of its roles ask it: who may do what to which of its resources.
import { compileProject } from '../../../scripts/local/template/compile.ts';
import type { CompiledService } from '../../../scripts/local/template/types.ts';
import { withKeys } from '../../support/delivery-keys.ts';
import { type Call, isAllowed } from './policies.ts';
import { type ResolvedResource, resolveTemplate, withFunctions } from './resolved-template.ts';

/** An action, the ARN it is done to, and what the request says of itself. */
export type Asked = readonly [action: string, resource: string, context?: Call['context']];

export interface Stage {
  readonly service: CompiledService;
  readonly resources: ReadonlyMap<string, ResolvedResource>;
  may(role: string, asked: Asked): boolean;
}

export async function compileStage(params: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const service = await compileProject({ stage: 'prod', params: { ...withKeys(), ...params } });
  const resources = resolveTemplate(withFunctions(service));
  return {
    service,
    resources,
    may: (role, [action, resource, context]) =>
      isAllowed(resources, { role, action, resource, ...(context && { context }) }),
  };
}

export const functionNames = [
  ...[
    'createUpload',
    'getUsage',
    'getImage',
    'listImages',
    'getRendition',
    'reprocessImage',
    'deleteImage',
    'health',
    'openApi',
    'noRoute',
    'renditions',
    'metadata',
    'reconcile',
  ],
];

/** The logical ID of a function's role. */
export const roleOf = (functionName: string) =>
  `${functionName.slice(0, 1).toUpperCase()}${functionName.slice(1)}Role`;

export const account = '111122223333';
export const originals = `arn:aws:s3:::darkroom-prod-originals-${account}-eu-central-1`;
export const renditions = `arn:aws:s3:::darkroom-prod-renditions-${account}-eu-central-1`;
export const table = `arn:aws:dynamodb:eu-central-1:${account}:table/darkroom-prod-images`;
export const topic = (name: string) => `arn:aws:sns:eu-central-1:${account}:darkroom-prod-${name}`;
export const queue = (name: string) => `arn:aws:sqs:eu-central-1:${account}:darkroom-prod-${name}`;
export const logStream = (functionName: string) =>
  `arn:aws:logs:eu-central-1:${account}:log-group:/aws/lambda/darkroom-prod-${functionName}:log-stream:today`;

/** A PUT by an upload URL, just before the URL runs out. */
export const upload = [
  's3:PutObject',
  `${originals}/originals/image`,
  { 's3:if-none-match': '*', 's3:signatureAge': '900000' },
] as const satisfies Asked;

export const listing = (prefix?: string): Asked => [
  's3:ListBucket',
  originals,
  prefix === undefined ? {} : { 's3:prefix': prefix },
];

/** A request to the images table that names these attributes. */
export const naming = (action: string, ...attributes: readonly string[]): Asked => [
  action,
  table,
  { 'dynamodb:Attributes': attributes },
];
