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
      .flatMap((value) => /^\{\{resolve:secretsmanager:(\w+)\}\}$/.exec(String(value))?.[1] ?? [])
      .filter((secret) => resources.get(secret)?.type !== 'AWS::SecretsManager::Secret')
      .map((secret) => `${logicalId} is told of a secret that is not there, ${secret}`),
  ),
];

/** What draws has what it draws with, and no other function carries it about. */
export const layers = (resources: Resources): string[] => {
  const there = ofType(resources, 'AWS::Lambda::LayerVersion').map(({ name }) => name);
  return functionsOf(resources).flatMap(({ logicalId, name, properties }) => {
    const wanted = name.endsWith('-renditions') ? there : [];
    const isSo = JSON.stringify(properties.Layers ?? []) === JSON.stringify(wanted) && there.length === 1;
    return isSo ? [] : [`${logicalId} does not have the layers that it needs`];
  });
};
