// Which tokens get past the gate, on each kind of route, and that nothing else does.

import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGate, type Gate } from '../../scripts/local/identity/gate.ts';
import { issuerUrl, keepIssuer } from '../../scripts/local/identity/issuer.ts';
import type { Route } from '../../scripts/local/identity/routes.ts';
import { keepSigningKey, type SigningKey } from '../../scripts/local/identity/signing-key.ts';
import { makeToken } from '../../scripts/local/identity/token.ts';

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

let folder: string;
let key: SigningKey;
let gate: Gate;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gate-'));
  key = await keepSigningKey(folder);
  keepIssuer(folder, issuer);
  gate = createGate(routes, issuer, key);
});
afterAll(() => rm(folder, { recursive: true }));

/** Over those of a sound token; undefined ones are left out. */
type Claims = Readonly<Record<string, unknown>>;

const now = () => Math.floor(Date.now() / 1000);
const sound = (): JWTPayload => ({
  ...{ iss: issuer.url, sub: 'alice', client_id: 'page', token_use: 'access', scope: 'service/images' },
  ...{ iat: now(), exp: now() + 60 },
});

async function signed(changes: Claims = {}, { alg = 'RS256', privateJwk = key.privateJwk } = {}) {
  const claims = Object.entries({ ...sound(), ...changes }).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(claims))
    .setProtectedHeader({ alg, kid: key.privateJwk.kid ?? '' })
    .sign(await importJWK(privateJwk, alg));
}

function requestOf(path: string, headers: Readonly<Record<string, string>>): IncomingMessage {
  const rawHeaders = Object.entries(headers).flat();
  return { method: 'GET', url: path, headers: { ...headers }, rawHeaders } as never as IncomingMessage;
}

async function admitted(path: string, headers: Readonly<Record<string, string>>) {
  const request = requestOf(path, headers);
  await gate.admit(request);
  return request;
}

const forged: readonly (readonly [string, () => Promise<string> | string])[] = [
  ['nothing', () => ''],
  ['a word', () => 'Bearer token'],
  ['another scheme', async () => `Basic ${await signed()}`],
  ['two tokens', async () => `Bearer ${await signed()} ${await signed()}`],
  ['no signature at all', () => `Bearer ${new UnsecuredJWT(sound()).encode()}`],
  ['a signature cut off', async () => `Bearer ${(await signed()).replace(/[^.]*$/, '')}`],
  ['a changed subject', async () => `Bearer ${withPayload(await signed(), { ...sound(), sub: 'bob' })}`],
  ['another key', async () => `Bearer ${await signed({}, { privateJwk: await foreignKey() })}`],
  ['the public key taken for a shared secret', async () => `Bearer ${await confused()}`],
  ['another issuer', async () => `Bearer ${await signed({ iss: 'https://issuer.example' })}`],
  ['no issuer', async () => `Bearer ${await signed({ iss: undefined })}`],
  ['another client', async () => `Bearer ${await signed({ client_id: 'other' })}`],
  ['another audience, whatever its client', async () => `Bearer ${await signed({ aud: 'other' })}`],
  ['neither client nor audience', async () => `Bearer ${await signed({ client_id: undefined })}`],
  ['another scope', async () => `Bearer ${await signed({ scope: 'service/other' })}`],
  ['a scope that only begins alike', async () => `Bearer ${await signed({ scope: 'service/images2' })}`],
  ['no scope', async () => `Bearer ${await signed({ scope: undefined })}`],
  ['a past end', async () => `Bearer ${await signed({ exp: now() - 1 })}`],
  ['no end', async () => `Bearer ${await signed({ exp: undefined })}`],
  ['an end that is no number', async () => `Bearer ${await signed({ exp: 'never' })}`],
  ['a beginning in the future', async () => `Bearer ${await signed({ nbf: now() + 60 })}`],
  ['a date of issue in the future', async () => `Bearer ${await signed({ iat: now() + 60 })}`],
  ['no subject', async () => `Bearer ${await signed({ sub: undefined })}`],
  ['the use of an ID token', async () => `Bearer ${await signed({ token_use: 'id' })}`],
  [
    'what an ID token has',
    async () => `Bearer ${await signed({ aud: 'page', scope: undefined, token_use: 'id' })}`,
  ],
];

function withPayload(token: string, payload: JWTPayload): string {
  const [header, , signature] = token.split('.');
  return [header, Buffer.from(JSON.stringify(payload)).toString('base64url'), signature].join('.');
}

async function foreignKey() {
  return exportJWK((await generateKeyPair('RS256', { extractable: true })).privateKey);
}

async function confused(): Promise<string> {
  const secret = new TextEncoder().encode(JSON.stringify(key.publicJwk));
  return new SignJWT(sound()).setProtectedHeader({ alg: 'HS256', kid: key.publicJwk.kid ?? '' }).sign(secret);
}

describe('a route that asks for a token', () => {
  it.each(forged)('refuses %s', async (_, header) => {
    const authorization = await header();
    const headers: Record<string, string> = authorization === '' ? {} : { authorization };

    for (const path of ['/images', '/images/1?wait=1']) {
      await expect(gate.admit(requestOf(path, headers))).rejects.toThrow(
        expect.objectContaining({ name: 'TokenRefused' }),
      );
    }
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
