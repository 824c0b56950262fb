// Which tokens get past the gate, on each kind of route, and that nothing else does.

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGate, type Gate } from '../../scripts/local/identity/gate.ts';
import { issuerUrl, keepIssuer } from '../../scripts/local/identity/issuer.ts';
import { type Route, routesOf } from '../../scripts/local/identity/routes.ts';
import { keepSigningKey } from '../../scripts/local/identity/signing-key.ts';
import { makeToken } from '../../scripts/local/identity/token.ts';
import type { Template } from '../../scripts/local/template/types.ts';
import { type Claims, tokenMaker } from '../support/forged-tokens.ts';

const issuer = {
  url: issuerUrl('http://127.0.0.1:3000', 'Pool'),
  clientId: 'page',
  scopes: ['service/images', 'service/other'],
};
const requirement = { issuer: issuer.url, audience: [issuer.clientId], scopes: ['service/images'] };
const routes: readonly Route[] = [
  { method: 'GET', path: '/health' },
  { method: 'GET', path: '/images', requirement },
  { method: 'GET', path: '/images/{imageId}', requirement },
];

const folder = await mkdtemp(join(tmpdir(), 'gate-'));
const key = await keepSigningKey(folder);
const { signed, forged } = tokenMaker(issuer, key);
let gate: Gate;

beforeAll(() => {
  keepIssuer(folder, issuer);
  gate = createGate(routes, issuer, key);
});
afterAll(() => rm(folder, { recursive: true }));

function requestOf(path: string, headers: Readonly<Record<string, string>>): IncomingMessage {
  const rawHeaders = Object.entries(headers).flat();
  return { method: 'GET', url: path, headers: { ...headers }, rawHeaders } as never as IncomingMessage;
}

async function admitted(path: string, headers: Readonly<Record<string, string>>) {
  const request = requestOf(path, headers);
  await gate.admit(request);
  return request;
}

describe('a route that asks for a token', () => {
  const none: (typeof forged)[number] = ['nothing', () => ''];
  it.each([none, ...forged])('refuses %s', async (_, header) => {
    const authorization = await header();
    const headers: Record<string, string> = authorization === '' ? {} : { authorization };

    for (const path of ['/images', '/images/1?wait=1']) {
      await expect(gate.admit(requestOf(path, headers))).rejects.toThrow(
        expect.objectContaining({ name: 'TokenRefused' }),
      );
    }
  });

  it.each([
    ['no_token', () => ({})],
    ['invalid_token', async () => ({ authorization: `Bearer ${await signed({ iss: 'other' })}` })],
    ['insufficient_scope', async () => ({ authorization: `Bearer ${await signed({ scope: 'other' })}` })],
  ] as const)('says why it refuses: %s', async (error, headers) => {
    await expect(gate.admit(requestOf('/images', await headers()))).rejects.toMatchObject({ error });
  });

  it('lets in whoever shows a token that tools make, and hands on that token alone', async () => {
    const token = await makeToken(folder, 'alice', 60);

    const { headers, rawHeaders } = await admitted('/images', { authorization: `bearer ${token}` });

    expect(headers.authorization).toBe(`Bearer ${token}`);
    expect(rawHeaders).toEqual(['authorization', `Bearer ${token}`]);
  });

  it.each<[string, Claims]>([
    ['by its client', {}],
    ['by its audience', { aud: ['other', 'page'], client_id: undefined }],
    ['with more scopes than one', { scope: 'openid service/images' }],
    ['with its scopes under the other name', { scope: undefined, scp: ['service/images'] }],
  ])('lets in a token %s', async (_, changes) => {
    await expect(
      admitted('/images', { authorization: `Bearer ${await signed(changes)}` }),
    ).resolves.toBeDefined();
  });

  it('lets nobody say what its authorizer has found', async () => {
    const override = JSON.stringify({ jwt: { claims: { iss: issuer.url, sub: 'bob' } } });
    const authorization = `Bearer ${await signed()}`;

    const { headers, rawHeaders } = await admitted('/images', {
      ...{ 'Sls-Offline-Authorizer-Override': override, 'sls-offline-authorizer-override': override },
      authorization,
    });

    expect(JSON.stringify([headers['sls-offline-authorizer-override'] ?? '', rawHeaders])).not.toContain(
      'bob',
    );
  });
});

describe('a route that asks for none', () => {
  it.each(['/health', '/unknown', '/images/', '//images', '/images/1/2', '/IMAGES'])(
    'hands on no token, verified or not: %s',
    async (path) => {
      const { headers, rawHeaders } = await admitted(path, {
        ...{ Authorization: `Bearer ${await signed()}`, authorization: `Bearer ${await signed()}` },
        accept: '*/*',
      });

      expect(headers.authorization).toBeUndefined();
      expect(rawHeaders).toEqual(['accept', '*/*']);
    },
  );
});

describe('the issuer', () => {
  it('publishes where its keys are, and the public half of its key alone', () => {
    const discovered = gate.document('/identity/Pool/.well-known/openid-configuration');
    expect(discovered).toMatchObject({ issuer: issuer.url, jwks_uri: `${issuer.url}/.well-known/jwks.json` });

    const { keys } = gate.document('/identity/Pool/.well-known/jwks.json') as { keys: object[] };

    expect(keys.map((one) => Object.keys(one).toSorted())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']]);
  });

  it('publishes nothing else', () => {
    expect(gate.document('/identity/Pool')).toBeUndefined();
    expect(gate.document('/identity/Other/.well-known/jwks.json')).toBeUndefined();
  });
});

describe('another issuer', async () => {
  const elliptic = await generateKeyPair('ES256', { extractable: true });
  const ellipticJwk = await exportJWK(elliptic.publicKey);
  const others = createServer((request, response) => {
    const { url = '' } = request;
    const self = `http://127.0.0.1:${(others.address() as AddressInfo).port}`;
    const called = url.startsWith('/impostor') ? 'https://issuer.example' : `${self}/honest`;
    const document = url.endsWith('/jwks')
      ? { keys: [key.publicJwk, { ...ellipticJwk, kid: 'elliptic' }] }
      : { issuer: called, jwks_uri: `${self}/jwks` };
    response.end(JSON.stringify(document));
  });
  const routesAsking = (url: string): Route[] => [
    { method: 'GET', path: '/images', requirement: { ...requirement, issuer: url } },
  ];
  let self: string;

  beforeAll(async () => {
    await new Promise<void>((fulfil) => others.listen(0, '127.0.0.1', fulfil));
    self = `http://127.0.0.1:${(others.address() as AddressInfo).port}`;
  });
  afterAll(() => others.close());

  async function admitAt(url: string): Promise<void> {
    const authorization = `Bearer ${await signed({ iss: url })}`;
    await createGate(routesAsking(url), undefined, key).admit(requestOf('/images', { authorization }));
  }

  it('is believed by the keys that its discovery document leads to', async () => {
    await expect(admitAt(`${self}/honest`)).resolves.toBeUndefined();
  });

  it('is not believed by a key of another kind than RSA, though it publishes it', async () => {
    const url = `${self}/honest`;
    const token = await new SignJWT({ client_id: 'page', scope: 'service/images' })
      .setProtectedHeader({ alg: 'ES256', kid: 'elliptic' })
      .setIssuer(url)
      .setSubject('alice')
      .setExpirationTime('1m')
      .sign(elliptic.privateKey);
    const request = requestOf('/images', { authorization: `Bearer ${token}` });

    await expect(createGate(routesAsking(url), undefined, key).admit(request)).rejects.toMatchObject({
      name: 'TokenRefused',
    });
  });

  it.each([
    ['its document is of another', () => `${self}/impostor`],
    ['nobody answers', () => 'http://127.0.0.1:9'],
  ])('is not believed when %s', async (_case, url) => {
    await expect(admitAt(url())).rejects.toMatchObject({
      name: 'TokenRefused',
      message: expect.stringContaining('cannot be read'),
    });
  });
});

describe('the routes of a template', () => {
  const scope = { template: {}, ref: (name: string) => name, attribute: (name: string) => name };
  const jwt = {
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: issuer.url, Audience: ['page'] },
  };
  const protectedBy = { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Authorizer' } };
  const templateOf = (authorizer: object, route: object): Template => ({
    Resources: {
      Authorizer: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { ...authorizer } },
      Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { RouteKey: 'GET /images', ...route } },
    },
  });

  it('ask for what their authorizer does', () => {
    const route = { ...protectedBy, AuthorizationScopes: ['service/images'] };

    expect(routesOf(templateOf(jwt, route), scope)).toEqual([
      { method: 'GET', path: '/images', requirement },
    ]);
  });

  it.each([
    ['a function', { AuthorizerType: 'REQUEST' }, protectedBy],
    ['a token from elsewhere', { ...jwt, IdentitySource: ['$request.querystring.token'] }, protectedBy],
    ['IAM', jwt, { AuthorizationType: 'AWS_IAM' }],
    ['an authorizer that is not there', jwt, { ...protectedBy, AuthorizerId: { Ref: 'Other' } }],
  ])('stop the start where they are protected by %s: here they would stand open', (_, authorizer, route) => {
    expect(() => routesOf(templateOf(authorizer, route), scope)).toThrow(/GET \/images: .* no authorizer/);
  });
});
