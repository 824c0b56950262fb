// Which function is meant, and what its role may do: what several rules ask.
import { type Statement, statementsOfRole } from '../support/policies.ts';
import type { ResolvedResource } from '../support/resolved-template.ts';
import { ofType, type Resources } from './rule.ts';

export const functionsOf = (resources: Resources) => ofType(resources, 'AWS::Lambda::Function');

/** By its name, its ARN or the ARN of its alias. */
export function functionOf(resources: Resources, nameOrArn: unknown): ResolvedResource | undefined {
  const all = functionsOf(resources);
  const found = all.find(({ name, arn }) => nameOrArn === arn || nameOrArn === name);
  return found ?? all.find((one) => aliasOfFunction(resources, one)?.arn === nameOrArn);
}

/** What everything invokes the function through. */
export function aliasOfFunction(
  resources: Resources,
  { name }: ResolvedResource,
): ResolvedResource | undefined {
  return ofType(resources, 'AWS::Lambda::Alias').find(
    ({ properties }) => properties.FunctionName === name && properties.Name === 'live',
  );
}

export function roleOfFunction(
  resources: Resources,
  { properties }: ResolvedResource,
): ResolvedResource | undefined {
  return ofType(resources, 'AWS::IAM::Role').find(({ arn }) => arn === properties.Role);
}

export function statementsOfFunction(resources: Resources, one: ResolvedResource): Statement[] {
  const role = roleOfFunction(resources, one);
  return role ? statementsOfRole(role) : [];
}
