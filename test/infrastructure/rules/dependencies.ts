// What CloudFormation must make first, though no property says so.
import { list } from '../support/policies.ts';
import { functionOf, functionsOf, roleOfFunction } from './functions.ts';
import { byArn, ofType, type Resources } from './rule.ts';

/**
 * A function is there after its log group, or it makes one that lasts for ever; and whatever uses a role after the role's
 * policies. A route is there after what it leads to, an API's stage after its log, a budget after what lets it publish.
 */
export const dependencies = (resources: Resources): string[] => {
  const first = [
    ...functionsOf(resources).flatMap((one) => [
      [one, roleOfFunction(resources, one)?.logicalId] as const,
      [
        one,
        ofType(resources, 'AWS::Logs::LogGroup').find(({ name }) => name === `/aws/lambda/${one.name}`)
          ?.logicalId,
      ] as const,
    ]),
    ...ofType(resources, 'AWS::Lambda::EventSourceMapping').map((mapping) => {
      const worker = functionOf(resources, mapping.properties.FunctionName);
      return [mapping, worker && roleOfFunction(resources, worker)?.logicalId] as const;
    }),
    ...ofType(resources, 'AWS::ApiGatewayV2::Stage').map(
      (stage) =>
        [stage, byArn(resources, stage.properties.AccessLogSettings?.DestinationArn)?.logicalId] as const,
    ),
    ...ofType(resources, 'AWS::ApiGatewayV2::Route').map(
      (route) => [route, String(route.properties.Target).replace('integrations/', '')] as const,
    ),
    ...ofType(resources, 'AWS::Budgets::Budget').map((budget) => [budget, 'OperatorsTopicPolicy'] as const),
    ...ofType(resources, 'AWS::Cognito::UserPoolClient').map(
      (client) => [client, ofType(resources, 'AWS::Cognito::UserPoolResourceServer')[0]?.logicalId] as const,
    ),
  ];
  return first
    .filter(([{ dependsOn }, wanted]) => wanted === undefined || !list(dependsOn).includes(wanted))
    .map(([{ logicalId }, wanted]) => `${logicalId} does not wait for ${wanted ?? 'what it needs'}`);
};
