// The $default route: what goes to its function, as API Gateway would hand it over, and what goes on.
import { afterEach, expect, it } from 'vitest';
import { withDefaultRoute } from '../../scripts/local/default-route.ts';
import { type LoopbackServer, startLoopbackServer } from '../../scripts/local/engines/loopback-server.ts';
import { routesOf } from '../../scripts/local/identity/routes.ts';
import type { CompiledService, Template } from '../../scripts/local/template/types.ts';
import { sendCall } from './support/signed-call.ts';

const route = (RouteKey: string, integration: string) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: { RouteKey, Target: { 'Fn::Join': ['/', ['integrations', { Ref: integration }]] } },
});
const integration = (logicalId: string) => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: { IntegrationUri: { 'Fn::GetAtt': [logicalId, 'Arn'] } },
});
const routed = { RouteGet: route('GET /images/{imageId}', 'Get'), Get: integration('GetFunction') };
const withDefault = { ...routed, RouteDefault: route('$default', 'Rest'), Rest: integration('RestFunction') };
const functionOf = (name: string) => ({
  ...{ key: name, name, logicalId: `${name}Function`, handler: '', timeoutSeconds: 1, environment: {} },
});

let server: LoopbackServer;
let invoked: unknown[];
afterEach(() => server.close());

async function start(Resources: Template['Resources']) {
  const template: Template = { Resources };
  const service = {
    template,
    functions: [functionOf('Get'), functionOf('Rest')],
  } as never as CompiledService;
  const routes = routesOf(template, { template, ref: String, attribute: String });
  invoked = [];
  const invoke = async (name: string, event: object) => {
    invoked.push([name, event]);
    return { statusCode: 404, headers: { 'content-type': 'text/plain' }, body: 'nothing' };
  };
  server = await startLoopbackServer(0, 'apiPort');
  server.serve(
    withDefaultRoute(service, routes, invoke, (_request, response) => void response.end('routed')),
  );
}

const send = (method: string, path: string, headers: Record<string, string> = {}) =>
  sendCall(server.endpoint, { method, path, headers, body: '' });

it('hands on what a route is for, and what a browser asks first', async () => {
  await start(withDefault);

  expect(await send('GET', '/images/1?wait=5')).toMatchObject({ text: 'routed' });
  expect(await send('OPTIONS', '/nowhere', { origin: 'http://page.example' })).toMatchObject({
    text: 'routed',
  });
  expect(invoked).toEqual([]);
});

it.each([
  ['an unknown path', 'GET', '/nowhere'],
  ['an unknown method', 'PUT', '/images/1'],
  ['a method that serverless-offline would take for GET', 'HEAD', '/images/1'],
  ['another spelling of a path', 'GET', '/%69mages/1'],
  ['a slash at the end', 'GET', '/images/1/'],
  ['a path that cannot be decoded', 'GET', '/images/100%'],
  ['a query that cannot be decoded', 'GET', '/images/1?wait=%zz'],
  ['a path that goes up', 'GET', '/images/..'],
  ['what is no path', 'GET', '/images/#1'],
  ['the path of another host', 'GET', '//images/1'],
  ['OPTIONS of no page', 'OPTIONS', '/images/1'],
])('answers %s by the function of $default', async (_what, method, path) => {
  await start(withDefault);

  expect(await send(method, path)).toMatchObject({ status: 404, text: method === 'HEAD' ? '' : 'nothing' });
  const [rawPath, rawQueryString = ''] = path.split('?');
  expect(invoked).toEqual([
    [
      'Rest',
      expect.objectContaining({
        ...{ routeKey: '$default', rawPath, rawQueryString },
        requestContext: expect.objectContaining({
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          http: expect.objectContaining({ method, path: rawPath }),
        }),
      }),
    ],
  ]);
});

it('hands on everything where there is no $default', async () => {
  await start(routed);

  expect(await send('GET', '/nowhere')).toMatchObject({ text: 'routed' });
});
