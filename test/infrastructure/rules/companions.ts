// What makes no sense without another resource has it.
import { functionsOf } from './functions.ts';
import { ofType, type Resources } from './rule.ts';

const companions = [
  ['AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Stage'],
  ['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolDomain'],
  ['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient'],
] as const;

export const companionViolations = (resources: Resources): string[] => [
  ...companions
    .filter(([one, other]) => ofType(resources, one).length > 0 && ofType(resources, other).length === 0)
    .map(([one, other]) => `${ofType(resources, one)[0]?.logicalId} has no ${other}`),
  ...functionsOf(resources).flatMap(({ logicalId, properties }) =>
    Object.values<unknown>(properties.Environment?.Variables ?? {})
      .flatMap((value) => /^\{\{resolve:secretsmanager:(\w+)\}\}/.exec(String(value))?.[1] ?? [])
      .filter((secret) => resources.get(secret)?.type !== 'AWS::SecretsManager::Secret')
      .map((secret) => `${logicalId} is told of a secret that is not there, ${secret}`),
  ),
];

/** Each function has a version that outlives the next deployment: what is gone cannot be gone back to. */
export const versions = (resources: Resources): string[] =>
  functionsOf(resources)
    .filter(
      ({ name }) =>
        !ofType(resources, 'AWS::Lambda::Version').some(
          ({ properties, deletionPolicy }) => properties.FunctionName === name && deletionPolicy === 'Retain',
        ),
    )
    .map(({ logicalId }) => `${logicalId} has no version to go back to`);
