// What stands before the API's functions: nothing that a request says of its sender gets past it, but a token that was
// verified for the route. Where no token is asked for, none is handed on.
import type { IncomingMessage } from 'node:http';
import { createLocalJWKSet, createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { type Issuer, issuerDocument } from './issuer.ts';
import { type Route, routeFor } from './routes.ts';
import type { SigningKey } from './signing-key.ts';
import { TokenRefused, verifyToken } from './verify.ts';

export interface Gate {
  /** What the laptop's issuer publishes at this path. */
  document(path: string): object | undefined;
  /**
   * Lets a request in, without any header that could pass for a verified token.
   * @throws {TokenRefused} when its route asks for a token, and it has none that fits
   */
  admit(request: IncomingMessage): Promise<void>;
}

/** Its value would be taken by serverless-offline for what an authorizer has found. */
const overridingHeaders = ['authorization', 'sls-offline-authorizer-override'];

const patienceMs = 5000;

export function createGate(routes: readonly Route[], issuer: Issuer | undefined, key: SigningKey): Gate {
  const own = createLocalJWKSet({ keys: [key.publicJwk] });
  const others = new Map<string, Promise<JWTVerifyGetKey>>();

  async function keysOf(url: string): Promise<JWTVerifyGetKey> {
    if (url === issuer?.url) return own;
    const known = others.get(url) ?? discoverKeys(url);
    others.set(url, known);
    // Whoever could not be reached is asked again for the next token.
    known.catch(() => others.delete(url));
    return known;
  }

  return {
    document: (path) => issuer && issuerDocument(path, issuer, key),
    async admit(request) {
      const { method = '', url = '', headers } = request;
      const { authorization } = headers;
      for (const name of overridingHeaders) drop(request, name);
      const requirement = routeFor(routes, method, url.split('?')[0] ?? '')?.requirement;
      if (requirement === undefined) return;
      const token = await verifyToken(authorization, requirement, await keysOf(requirement.issuer));
      headers.authorization = `Bearer ${token}`;
      request.rawHeaders.push('authorization', `Bearer ${token}`);
    },
  };
}

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation */
async function discoverKeys(url: string): Promise<JWTVerifyGetKey> {
  try {
    const answer = await fetch(`${url.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(patienceMs),
    });
    const { issuer, jwks_uri: keys } = (await answer.json()) as { issuer: string; jwks_uri: string };
    if (issuer !== url) throw new Error(`it calls itself ${issuer}`);
    return createRemoteJWKSet(new URL(keys));
  } catch (error) {
    throw new TokenRefused(`The keys of ${url} cannot be read: ${(error as Error).message}.`);
  }
}

/** From what Node has parsed and from what it was sent as: serverless-offline reads both. */
function drop(request: IncomingMessage, name: string): void {
  delete request.headers[name];
  request.rawHeaders = request.rawHeaders.filter(
    (_, index, all) => all[index - (index % 2)]?.toLowerCase() !== name,
  );
}
