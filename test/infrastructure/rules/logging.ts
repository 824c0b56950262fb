// Every function logs to its own log group, which the stack made, and nowhere else.
import { list } from '../support/policies.ts';
import { functionsOf, roleOfFunction, statementsOfFunction } from './functions.ts';
import { ofType, type Resources } from './rule.ts';

export const logging = (resources: Resources): string[] =>
  functionsOf(resources).flatMap((one) => {
    const { logicalId, name } = one;
    const role = roleOfFunction(resources, one);
    const group = ofType(resources, 'AWS::Logs::LogGroup').find(
      (candidate) => candidate.name === `/aws/lambda/${name}`,
    );
    if (role === undefined || group === undefined) return [`${logicalId} has no role, or no log group`];
    const own = statementsOfFunction(resources, one).filter(({ Action }) =>
      list(Action).some((action) => action.startsWith('logs:')),
    );
    const isOwn = own.every(({ Resource }) => list(Resource).every((arn) => arn === group.arn));
    const actions = own.flatMap(({ Action }) => list(Action)).sort();
    return isOwn && actions.join() === 'logs:CreateLogStream,logs:PutLogEvents'
      ? []
      : [`${logicalId} may log elsewhere than to its own group, or not at all`];
  });
