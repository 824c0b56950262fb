// Which function is meant, and what its role may do: what several rules ask.
import { type Statement, statementsOfRole } from '../support/policies.ts';
import type { ResolvedResource } from '../support/resolved-template.ts';
import { ofType, type Resources } from './rule.ts';

export const functionsOf = (resources: Resources) => ofType(resources, 'AWS::Lambda::Function');

export function functionOf(resources: Resources, nameOrArn: unknown): ResolvedResource | undefined {
  return functionsOf(resources).find(({ name, arn }) => nameOrArn === arn || nameOrArn === name);
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
