// What a rule of the template is: a pure function over what would be deployed, which answers what breaks it, in words.
import type { Place, ResolvedResource } from '../support/resolved-template.ts';

/** By logical ID, every reference resolved. */
export type Resources = ReadonlyMap<string, ResolvedResource>;

/** A stage as it would be deployed somewhere. */
export interface Deployment {
  readonly stage: string;
  readonly place: Place;
  /** What it is deployed with, as `--param`. */
  readonly params: Readonly<Record<string, string>>;
  readonly resources: Resources;
}

/** Answers a plain sentence for each fault, which begins with the logical ID of the resource at fault. */
export type Rule = (resources: Resources, deployment: Deployment) => readonly string[];

export const ofType = (resources: Resources, ...types: readonly string[]): ResolvedResource[] =>
  [...resources.values()].filter(({ type }) => types.includes(type));

export const byArn = (resources: Resources, arn: unknown): ResolvedResource | undefined =>
  [...resources.values()].find((resource) => resource.arn === arn);
