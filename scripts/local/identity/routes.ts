// The routes of the template's HTTP API, and what each asks of a token.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
import { LaptopCloudError } from '../laptop-cloud-error.ts';
import { type ResolutionScope, resolveValue } from '../template/intrinsics.ts';
import type { Template } from '../template/types.ts';
import type { Requirement } from './verify.ts';

export interface Route {
  readonly method: string;
  /** As `/images/{imageId}`. */
  readonly path: string;
  /** Undefined where nobody is asked who they are. */
  readonly requirement?: Requirement;
}

interface JwtConfiguration {
  readonly Issuer: string;
  readonly Audience: readonly string[];
}

interface RouteProperties {
  readonly RouteKey: string;
  readonly AuthorizationType?: string;
  readonly AuthorizationScopes?: readonly string[];
  readonly AuthorizerId?: { readonly Ref: string };
}

/** @throws {LaptopCloudError} for a reference or a kind of authorization that the laptop does not know */
export function routesOf({ Resources }: Template, scope: ResolutionScope): Route[] {
  const ofType = (type: string) =>
    Object.entries(Resources).filter(([, { Type }]) => Type === `AWS::ApiGatewayV2::${type}`);
  const authorizers = new Map(
    ofType('Authorizer').map(([logicalId, { Properties = {} }]) => {
      const isKnown = [Properties['IdentitySource']].flat().join() === '$request.header.Authorization';
      const configured = isKnown ? resolveValue(Properties['JwtConfiguration'], scope, logicalId) : undefined;
      return [logicalId, configured as JwtConfiguration | undefined] as const;
    }),
  );
  return ofType('Route').map(([, { Properties }]) => {
    const {
      RouteKey,
      AuthorizationType = 'NONE',
      AuthorizationScopes = [],
      AuthorizerId,
    } = Properties as unknown as RouteProperties;
    const [method = '', path = ''] = RouteKey.split(' ');
    if (AuthorizationType === 'NONE') return { method, path };
    const configured = AuthorizerId && authorizers.get(AuthorizerId.Ref);
    // Better no start than a route that stands open here.
    if (configured === undefined)
      throw new LaptopCloudError(`${RouteKey}: the laptop cloud knows no authorizer but of tokens (JWT)`);
    const { Issuer: issuer, Audience: audience } = configured;
    return { method, path, requirement: { issuer, audience, scopes: AuthorizationScopes } };
  });
}

/** The route that a request takes, by the path as it was sent; undefined when none fits. */
export function routeFor(routes: readonly Route[], method: string, path: string): Route | undefined {
  const sent = path.split('/');
  return routes.find((route) => {
    const wanted = route.path.split('/');
    const fits = wanted.every((part, index) =>
      part.startsWith('{') ? Boolean(sent[index]) : part === sent[index],
    );
    return route.method === method && wanted.length === sent.length && fits;
  });
}
