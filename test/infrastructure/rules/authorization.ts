// Every route but the open ones asks for a token with the scope.
import { ofType, type Resources } from './rule.ts';

/** All that may be asked without a token. */
const open = ['GET /health', 'GET /openapi.json', '$default'];

export const authorization = (resources: Resources): string[] =>
  ofType(resources, 'AWS::ApiGatewayV2::Route')
    .filter(({ properties }) => !open.includes(properties.RouteKey))
    .filter(
      ({ properties: { AuthorizationType, AuthorizationScopes, AuthorizerId } }) =>
        AuthorizationType !== 'JWT' ||
        AuthorizationScopes?.join() !== 'darkroom/images' ||
        resources.get(AuthorizerId)?.type !== 'AWS::ApiGatewayV2::Authorizer',
    )
    .map(({ logicalId }) => `${logicalId} is answered without a token`);
