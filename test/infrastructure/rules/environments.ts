// What each function finds in its environment: all that it reads, what it names is there, and limits are limits.
import { safeParse } from 'zod';
import { configSchemas } from '../../../shared/config.ts';
import { list } from '../support/policies.ts';
import type { ResolvedResource } from '../support/resolved-template.ts';
import { functionsOf, statementsOfFunction } from './functions.ts';
import { ofType, type Resources } from './rule.ts';

const nameOfType: Readonly<Record<string, string>> = {
  IMAGES_TABLE: 'AWS::DynamoDB::Table',
  ORIGINALS_BUCKET: 'AWS::S3::Bucket',
  RENDITIONS_BUCKET: 'AWS::S3::Bucket',
  QUEUE_URL: 'AWS::SQS::Queue',
  DEAD_LETTER_QUEUE_URL: 'AWS::SQS::Queue',
  REJECTIONS_QUEUE_URL: 'AWS::SQS::Queue',
  UPLOADS_TOPIC_ARN: 'AWS::SNS::Topic',
  IMAGE_EVENTS_TOPIC_ARN: 'AWS::SNS::Topic',
};

/** The most that each may be, of its own unit. */
const most: Readonly<Record<string, number>> = {
  MAX_UPLOAD_BYTES: 1e9,
  MAX_STORED_BYTES: 1e12,
  MAX_IMAGES: 1e6,
  MAX_OPEN_UPLOADS: 5000,
  MAX_REJECTED_PER_HOUR: 100_000,
  UPLOAD_EXPIRY_SECONDS: 3600,
  RECONCILE_MAX_IMAGES: 10_000,
  RETRY_BACKOFF_BASE_SECONDS: 60,
};

/** What has no least but 0 is what may be nothing in a stage of tests. */
const mayBeNothing = ['RETRY_BACKOFF_BASE_SECONDS'];

export const environments = (resources: Resources, { stage }: { readonly stage: string }): string[] =>
  functionsOf(resources).flatMap((one) => {
    const { logicalId, name, properties } = one;
    const variables: Readonly<Record<string, unknown>> = properties.Environment?.Variables ?? {};
    const key = name.split('-').at(-1) as keyof typeof configSchemas;
    const text = Object.fromEntries(Object.entries(variables).map(([one, value]) => [one, String(value)]));
    const parsed = key in configSchemas ? safeParse(configSchemas[key], text) : undefined;
    const queue = ofType(resources, 'AWS::SQS::Queue').find((one) => one.name === variables['QUEUE_URL']);
    const sameAsQueue = {
      VISIBILITY_TIMEOUT_SECONDS: queue?.properties.VisibilityTimeout,
      MAX_RECEIVE_COUNT: queue?.properties.RedrivePolicy?.maxReceiveCount,
    };
    const read = ['DARKROOM_STAGE', 'LOG_LEVEL', ...Object.keys(configSchemas[key]?.shape ?? {})];
    return [
      ...Object.keys(variables)
        .filter((one) => !read.includes(one) && one !== 'MALLOC_ARENA_MAX')
        .map((one) => `${logicalId} is told ${one}, which it does not read`),
      ...(parsed?.error?.issues ?? []).map(({ path }) => `${logicalId} lacks ${path.join('.')}`),
      ...(variables['DARKROOM_STAGE'] === stage ? [] : [`${logicalId} does not know its stage`]),
      // https://www.gnu.org/software/libc/manual/html_node/Memory-Allocation-Tunables.html: or renditions take twice the memory.
      ...(key === 'renditions' && variables['MALLOC_ARENA_MAX'] !== '2'
        ? [`${logicalId} has as many arenas as malloc likes`]
        : []),
      ...(['INFO', 'DEBUG'].includes(text['LOG_LEVEL'] ?? '') ? [] : [`${logicalId} lacks a LOG_LEVEL`]),
      ...(variables['ORIGINAL_SOURCES'] === undefined || isWhatItMayRead(resources, one)
        ? []
        : [`${logicalId} works on originals that its role may not read`]),
      ...Object.entries(variables)
        .filter(([one, value]) => {
          const type = nameOfType[one];
          return (
            type !== undefined &&
            !ofType(resources, type).some((resource) => value === resource.name || value === resource.arn)
          );
        })
        .map(([one]) => `${logicalId} is told of a ${one} that is not there`),
      ...Object.entries(most)
        .filter(([one, limit]) => {
          const value = Number(variables[one] ?? limit);
          const isNothing = value < 1 && !(mayBeNothing.includes(one) && stage === 'test');
          return isNothing || value > limit;
        })
        .map(([one]) => `${logicalId} has no ${one} that limits`),
      ...Object.entries(sameAsQueue)
        .filter(([one, value]) => variables[one] !== undefined && Number(variables[one]) !== Number(value))
        .map(([one]) => `${logicalId} believes another ${one} than its queue`),
    ];
  });

/** `bucket/prefix,bucket/prefix` against `arn:…:s3:::bucket/prefix*`. */
function isWhatItMayRead(resources: Resources, one: ResolvedResource): boolean {
  const sources = String(one.properties.Environment.Variables.ORIGINAL_SOURCES).split(',');
  const mayRead = statementsOfFunction(resources, one)
    .filter(({ Action }) => list(Action).includes('s3:GetObject'))
    .flatMap(({ Resource }) => list(Resource))
    .map((arn) => arn.replace(/^.*:::|\*$/g, ''));
  return (
    sources
      .filter((source) => source !== '')
      .toSorted()
      .join() === mayRead.toSorted().join()
  );
}
