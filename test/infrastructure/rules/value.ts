// What may be said of a setting: checks of values, and where in a resource's properties they stand.
import type { ResolvedResource } from '../support/resolved-template.ts';
import { byArn, type Deployment, ofType } from './rule.ts';

export type Check = (value: unknown, resource: ResolvedResource, deployment: Deployment) => boolean;

/** By type of resource, by path: `A.B[].C`, of each of a list that has one at least. */
export type Settings = Readonly<Record<string, Readonly<Record<string, Check>>>>;

export const is =
  (...wanted: readonly unknown[]): Check =>
  (value) =>
    wanted.some((one) => JSON.stringify(one) === JSON.stringify(value));

/** Neither absent nor empty. */
export const given: Check = (value) => value !== undefined && value !== '' && JSON.stringify(value) !== '[]';

export const within =
  (least: number, most: number): Check =>
  (value) =>
    Number(value) >= least && Number(value) <= most;

export const like =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

/** The name of the stage is in the name, so that another may stand beside it. */
export const ofStage: Check = (value, _resource, { stage }) =>
  typeof value === 'string' && value.includes(`darkroom-${stage}`);

/** And the name of the region: of what an account has once for all regions. */
export const ofStageAndRegion: Check = (value, _resource, { stage, place }) =>
  typeof value === 'string' && value.startsWith(`darkroom-${stage}-${place.region}`);

/** The ARN of a resource of the template of this type. */
export const arnOf =
  (...types: readonly string[]): Check =>
  (value, _resource, { resources }) =>
    types.includes(byArn(resources, value)?.type ?? '');

/** What `Ref` gives for a resource of the template of this type. */
export const refTo =
  (...types: readonly string[]): Check =>
  (value, _resource, { resources }) =>
    ofType(resources, ...types).some(({ name, arn }) => value === name || value === arn);

/** Every value at the path; one that is absent is undefined, and so is a list that is. */
export function valuesAt(properties: unknown, path: string): unknown[] {
  return path.split('.').reduce<unknown[]>(
    (values, step) => {
      const key = step.replace(/\[\]$/, '');
      const inner = values.map((value) => (value as Record<string, unknown> | undefined)?.[key]);
      return step.endsWith('[]')
        ? inner.flatMap((value) => (Array.isArray(value) ? value : [undefined]))
        : inner;
    },
    [properties],
  );
}
