// Who may call which route of the deployed API: the template says it, and API Gateway does it.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html

import { expect, it } from 'vitest';
import { routesOf } from '../../scripts/local/identity/routes.ts';
import { compileProject } from '../../scripts/local/template/compile.ts';
import type { CompiledService } from '../../scripts/local/template/types.ts';
import { withKeys } from '../support/delivery-keys.ts';
import { resolveTemplate } from './support/resolved-template.ts';

/** All that may be asked without a token. */
const open = ['GET /health', 'GET /openapi.json', '$default'];

interface ApiRoute {
  readonly RouteKey: string;
  readonly AuthorizationType?: string;
  readonly AuthorizationScopes?: readonly string[];
  readonly AuthorizerId?: string;
}

const stages = ['dev', 'test', 'prod'] as const;
const compiled = new Map<string, CompiledService>();
for (const stage of stages) compiled.set(stage, await compileProject({ stage, params: withKeys() }));

const resourcesOf = (stage: string) => resolveTemplate((compiled.get(stage) as CompiledService).template);
const routes = (stage: string): ApiRoute[] =>
  [...resourcesOf(stage).values()]
    .filter(({ type }) => type === 'AWS::ApiGatewayV2::Route')
    .map(({ properties }) => properties);

it.each(stages)('asks for a token with the scope on every route but the open ones: %s', (stage) => {
  const unasked = routes(stage).filter(
    ({ AuthorizationType, AuthorizationScopes, AuthorizerId }) =>
      AuthorizationType !== 'JWT' ||
      AuthorizationScopes?.join() !== 'darkroom/images' ||
      AuthorizerId === undefined,
  );

  expect(routes(stage).length).toBeGreaterThan(5);
  expect(unasked.map(({ RouteKey }) => RouteKey).filter((key) => !open.includes(key))).toEqual([]);
});

it.each(stages)('believes the issuer of the stack’s own user pool, and its one client: %s', (stage) => {
  const authorizers = [...resourcesOf(stage).values()].filter(
    ({ type }) => type === 'AWS::ApiGatewayV2::Authorizer',
  );

  expect(authorizers.map(({ properties }) => properties.AuthorizerType)).toEqual(['JWT']);
  expect(authorizers[0]?.properties).toMatchObject({
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: 'UserPool', Audience: ['UserPoolClient'] },
  });
});

it('believes the issuer that the parameters name, and then brings no user pool', async () => {
  const params = { ...withKeys(), jwtIssuer: 'https://issuer.example', jwtAudience: 'api' };
  const { template } = await compileProject({ stage: 'prod', params });
  const never = { template, ref: (name: string) => name, attribute: (name: string) => name };

  for (const { requirement } of routesOf(template, never)) {
    if (requirement)
      expect(requirement).toMatchObject({ issuer: 'https://issuer.example', audience: ['api'] });
  }
  const pools = Object.values(template.Resources).filter(({ Type }) => Type.startsWith('AWS::Cognito::'));
  expect(pools.map(({ Condition }) => Condition)).toEqual(pools.map(() => 'BringsUserPool'));
  expect(template.Conditions?.['BringsUserPool']).toEqual({ 'Fn::Equals': ['https://issuer.example', ''] });
});

it('lets nobody sign up without being invited, and hands no secret to a page', () => {
  const { UserPool, UserPoolClient } = Object.fromEntries(resourcesOf('prod'));

  expect(UserPool?.properties.AdminCreateUserConfig).toEqual({ AllowAdminCreateUserOnly: true });
  expect(UserPoolClient?.properties).toMatchObject({ GenerateSecret: false, AllowedOAuthFlows: ['code'] });
  expect(UserPoolClient?.properties.ExplicitAuthFlows).toBeUndefined();
});
