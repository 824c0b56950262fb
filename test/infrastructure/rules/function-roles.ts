// Each function has a role of its own, which names its actions and resources itself.
import { list } from '../support/policies.ts';
import { functionsOf, roleOfFunction, statementsOfFunction } from './functions.ts';
import type { Resources } from './rule.ts';

export const functionRoles = (resources: Resources): string[] => {
  const functions = functionsOf(resources);
  return functions.flatMap((one) => {
    const { logicalId, properties } = one;
    const sharers = functions.filter((other) => other.properties.Role === properties.Role);
    const role = roleOfFunction(resources, one);
    if (role === undefined) return [`${logicalId} has no role of this template`];
    const wide = statementsOfFunction(resources, one).filter(
      ({ Action, Resource }) =>
        list(Action).some((action) => action.includes('*')) || list(Resource).includes('*'),
    );
    const managed = list<string>(role.properties.ManagedPolicyArns);
    return [
      ...managed.map((policy) => `${logicalId} may what others decide: ${policy}`),
      ...(sharers.length === 1 ? [] : [`${logicalId} shares its role`]),
      ...wide.map(({ Action }) => `${logicalId} may do more than it calls: ${list(Action).join(', ')}`),
    ];
  });
};
