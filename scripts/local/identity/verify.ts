// Verifies an access token as API Gateway's JWT authorizer does, and an ID token never.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** What a route asks of a token. */
export interface Requirement {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** One of them is enough. */
  readonly scopes: readonly string[];
}

/** Why a token is refused, in words for its bearer. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  /** But for the first, a word of RFC 6750. */
  readonly error: 'no_token' | 'invalid_token' | 'insufficient_scope';

  constructor(message: string, error: TokenRefused['error'] = 'invalid_token') {
    super(message);
    this.error = error;
  }
}

/** RSA alone: no shared secret can pass for a public key, and nothing unsigned for signed. */
const algorithms = ['RS256', 'RS384', 'RS512'];

/**
 * Resolves when the token may use the route.
 * @param header the request's Authorization header
 * @throws {TokenRefused} for anything else
 */
export async function verifyToken(
  header: string | undefined,
  { issuer, audience, scopes }: Requirement,
  keys: JWTVerifyGetKey,
): Promise<string> {
  if (header === undefined)
    throw new TokenRefused('Send an access token: Authorization: Bearer …', 'no_token');
  const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(header) ?? [];
  if (token === undefined) throw new TokenRefused('The Authorization header is no bearer token.');
  const requiredClaims = ['exp', 'iss', 'sub'];
  const { payload } = await jwtVerify(token, keys, { issuer, algorithms, requiredClaims }).catch((error) => {
    throw new TokenRefused(`The token is not valid: ${(error as Error).message}.`);
  });
  if (!isFor(payload, audience)) throw new TokenRefused('The token is for another audience.');
  if (typeof payload.iat === 'number' && payload.iat > Date.now() / 1000 + 1) {
    throw new TokenRefused('The token was issued in the future.');
  }
  if (payload['token_use'] === 'id') throw new TokenRefused('This is an ID token: send the access token.');
  if (scopes.length > 0 && !scopes.some((scope) => scopesOf(payload).includes(scope))) {
    throw new TokenRefused(`The token lacks the scope ${scopes.join(' or ')}.`, 'insufficient_scope');
  }
  return token;
}

/** The client counts only where there is no audience. */
function isFor({ aud, client_id: clientId }: JWTPayload, audience: readonly string[]): boolean {
  const named = aud === undefined ? [clientId] : [aud].flat();
  return named.some((one) => typeof one === 'string' && audience.includes(one));
}

function scopesOf({ scope, scp }: JWTPayload): string[] {
  const stated = scope ?? scp;
  if (Array.isArray(stated)) return stated.map(String);
  return typeof stated === 'string' ? stated.split(' ') : [];
}
