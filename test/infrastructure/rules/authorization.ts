// Every route but the open ones asks for a token with the scope, and those ask for nothing.
import { ofType, type Resources } from './rule.ts';

/** All that may be asked without a token. */
const open = ['GET /health', 'GET /openapi.json', '$default'];

export const authorization = (resources: Resources): string[] =>
  ofType(resources, 'AWS::ApiGatewayV2::Route').flatMap(({ logicalId, properties }) => {
    const { RouteKey, AuthorizationType, AuthorizationScopes, AuthorizerId } = properties;
    if (open.includes(RouteKey))
      return (AuthorizationType ?? 'NONE') === 'NONE' ? [] : [`${logicalId} is not answered to everybody`];
    const isGuarded =
      AuthorizationType === 'JWT' &&
      AuthorizationScopes?.join() === 'darkroom/images' &&
      resources.get(AuthorizerId)?.type === 'AWS::ApiGatewayV2::Authorizer';
    return isGuarded ? [] : [`${logicalId} is answered without a token`];
  });
