// Authorization headers that no route may take, made with all that an attacker or a mistaken client could have.
import {
  exportJWK,
  generateKeyPair,
  generateSecret,
  importJWK,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import type { Issuer } from '../../scripts/local/identity/issuer.ts';
import type { SigningKey } from '../../scripts/local/identity/signing-key.ts';

/** Over those of a sound token; undefined ones are left out. */
export type Claims = Readonly<Record<string, unknown>>;

interface SignedOptions {
  readonly alg?: string;
  readonly privateJwk?: SigningKey['privateJwk'];
}

const now = () => Math.floor(Date.now() / 1000);

/** What makes tokens of an issuer, whose key it has, and what makes forged ones. */
export function tokenMaker({ url, clientId, scopes }: Issuer, key: SigningKey) {
  const [scope = ''] = scopes;
  const kid = key.publicJwk.kid ?? '';
  const sound = (): JWTPayload => ({
    ...{ iss: url, sub: 'alice', client_id: clientId, token_use: 'access', scope },
    ...{ iat: now(), exp: now() + 60 },
  });

  async function signed(changes: Claims = {}, options: SignedOptions = {}): Promise<string> {
    const { alg = 'RS256', privateJwk = key.privateJwk } = options;
    const claims = Object.entries({ ...sound(), ...changes }).filter(([, value]) => value !== undefined);
    return new SignJWT(Object.fromEntries(claims))
      .setProtectedHeader({ alg, kid })
      .sign(await importJWK(privateJwk, alg));
  }

  /** The public key's own text as the secret: a verifier that lets the token choose the algorithm believes it. */
  async function confused(): Promise<string> {
    const secret = new TextEncoder().encode(JSON.stringify(key.publicJwk));
    return new SignJWT(sound()).setProtectedHeader({ alg: 'HS256', kid }).sign(secret);
  }

  async function bySecret(): Promise<string> {
    return new SignJWT(sound()).setProtectedHeader({ alg: 'HS256', kid }).sign(await generateSecret('HS256'));
  }

  const bearer = async (changes: Claims, options?: SignedOptions) =>
    `Bearer ${await signed(changes, options)}`;
  const forged: readonly (readonly [name: string, header: () => Promise<string> | string])[] = [
    ['a word', () => 'Bearer token'],
    ['another scheme', async () => `Basic ${await signed()}`],
    ['two tokens', async () => `${await bearer({})} ${await signed()}`],
    ['no signature at all', () => `Bearer ${new UnsecuredJWT(sound()).encode()}`],
    ['a signature cut off', async () => (await bearer({})).replace(/[^.]*$/, '')],
    ['a changed subject', async () => `Bearer ${withPayload(await signed(), { ...sound(), sub: 'bob' })}`],
    ['another key under the same name', async () => bearer({}, { privateJwk: await foreignKey() })],
    ['the public key taken for a shared secret', async () => `Bearer ${await confused()}`],
    ['a secret of its own', async () => `Bearer ${await bySecret()}`],
    ['another issuer', () => bearer({ iss: 'https://issuer.example' })],
    ['no issuer', () => bearer({ iss: undefined })],
    ['another client', () => bearer({ client_id: 'other' })],
    ['another audience, whatever its client', () => bearer({ aud: 'other' })],
    ['neither client nor audience', () => bearer({ client_id: undefined })],
    ['another scope', () => bearer({ scope: 'service/other' })],
    ['a scope that only begins alike', () => bearer({ scope: `${scope}2` })],
    ['no scope', () => bearer({ scope: undefined })],
    ['a past end', () => bearer({ exp: now() - 1 })],
    ['no end', () => bearer({ exp: undefined })],
    ['an end that is no number', () => bearer({ exp: 'never' })],
    ['a beginning in the future', () => bearer({ nbf: now() + 60 })],
    ['a date of issue in the future', () => bearer({ iat: now() + 60 })],
    ['no subject', () => bearer({ sub: undefined })],
    ['the use of an ID token', () => bearer({ token_use: 'id' })],
    ['what an ID token has', () => bearer({ aud: clientId, scope: undefined, token_use: 'id' })],
  ];
  return { signed, forged };
}

function withPayload(token: string, payload: JWTPayload): string {
  const [header, , signature] = token.split('.');
  return [header, Buffer.from(JSON.stringify(payload)).toString('base64url'), signature].join('.');
}

async function foreignKey() {
  return exportJWK((await generateKeyPair('RS256', { extractable: true })).privateKey);
}
