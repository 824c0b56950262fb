// Who may do what, by simulation: a role allows what its function was recorded to ask, and nothing else.
import { type Call, fits, isAllowed, list, type Statement, statementsOfRole } from '../support/policies.ts';
import { callsOf, forbiddenLike } from './calls.ts';
import { functionsOf, roleOfFunction } from './functions.ts';
import { releaseRoles } from './release.ts';
import { ofType, type Resources } from './rule.ts';

const said = ({ action, resource, context }: Call) =>
  `${action} on ${resource} with ${JSON.stringify(context ?? {})}`;

/** Every call that was recorded is allowed. */
export const recordedCalls = (resources: Resources): string[] =>
  callsOf(resources).flatMap(({ role, calls }) =>
    calls.filter((call) => !isAllowed(resources, call)).map((call) => `${role} refuses ${said(call)}`),
  );

/** Nothing like it is: elsewhere, without TLS, of other attributes; and nothing of what the others do. */
export const forbiddenCalls = (resources: Resources): string[] => {
  const all = callsOf(resources);
  const everyone = new Map(
    all.flatMap(({ calls }) => calls).map((call) => [`${call.action} ${call.resource}`, call]),
  );
  return all.flatMap(({ role, calls }) => {
    const own = new Set(calls.map(({ action, resource }) => `${action} ${resource}`));
    const foreign = [...everyone].filter(([name]) => !own.has(name)).map(([, call]) => ({ ...call, role }));
    return [...calls.flatMap(forbiddenLike), ...foreign]
      .filter((call) => isAllowed(resources, call))
      .map((call) => `${role} allows ${said(call)}`);
  });
};

/** Each action on each resource, and each value of a condition, is used by some call that was recorded. */
export const unusedPermissions = (resources: Resources): string[] =>
  callsOf(resources).flatMap(({ role, calls }) => {
    const resource = resources.get(role);
    const statements = resource ? statementsOfRole(resource) : [];
    return statements.flatMap((statement) =>
      unusedOf(statement, calls).map((what) => `${role} never uses ${what}`),
    );
  });

function unusedOf({ Action, Resource, Condition = {} }: Statement, calls: readonly Call[]): string[] {
  const uses = calls.filter(
    ({ action, resource }) =>
      list(Action).some((one) => fits(one, action)) && list(Resource).some((one) => fits(one, resource)),
  );
  const actions = list(Action).filter((one) => !uses.some(({ action }) => fits(one, action)));
  const places = list(Resource).filter((one) => !uses.some(({ resource }) => fits(one, resource)));
  const values = Object.values(Condition).flatMap((keys) =>
    Object.entries(keys).flatMap(([key, wanted]) =>
      list(wanted)
        .filter(
          (one) =>
            one === '*' ||
            !uses.some(({ context }) => list(context?.[key]).some((value) => fits(one, value))),
        )
        .map((one) => `${key} ${one}`),
    ),
  );
  return [...actions, ...places, ...values];
}

/** No role is anybody's but a function's: nothing is recorded of it. What releases may is a rule of its own. */
export const strayRoles = (resources: Resources): string[] => {
  const used = [
    ...functionsOf(resources).map((one) => roleOfFunction(resources, one)),
    ...releaseRoles(resources),
  ].map((role) => role?.logicalId);
  return ofType(resources, 'AWS::IAM::Role')
    .filter(({ logicalId }) => !used.includes(logicalId))
    .map(({ logicalId }) => `${logicalId} is no function’s role`);
};
