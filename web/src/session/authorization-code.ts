// Authorization code with PKCE, as pages without a secret sign in: https://www.rfc-editor.org/rfc/rfc7636. Loaded when it is needed.

import * as oauth from 'oauth4webapi';
import { strings } from '../strings.ts';
import type { Issuer } from './config.ts';
import type { Pending } from './pending.ts';
import { type Grant, SessionEnded } from './token-source.ts';

interface IssuerGrant extends Grant {
  readonly refreshToken: string | undefined;
  readonly subject: string | undefined;
  readonly name: string | undefined;
}

const none = oauth.None();
const tooManyRequests = 429;
/** As it is registered with the issuer, character for character. */
const ownAddress = () => `${location.origin}/`;
const clientOf = ({ clientId }: Issuer): oauth.Client => ({ client_id: clientId });
/** The configuration allows no issuer without TLS but on this machine. */
const optionsFor = ({ issuer }: Issuer) => ({
  [oauth.allowInsecureRequests]: issuer.startsWith('http:'),
  signal: () => AbortSignal.timeout(30_000),
});

/** @returns where to sign in, and what has to be kept until the page is opened again */
export async function begin(issuer: Issuer): Promise<Omit<Pending, 'hash'> & { url: string }> {
  const server = await discover(issuer);
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  const codeVerifier = oauth.generateRandomCodeVerifier();
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: issuer.clientId,
    response_type: 'code',
    redirect_uri: ownAddress(),
    scope: issuer.scope,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  }).toString();
  return { url: url.href, state, nonce, codeVerifier };
}

/**
 * @param answer the query that the issuer has sent back
 * @throws {Error} with a sentence for people
 */
export async function redeem(
  issuer: Issuer,
  pending: Pending,
  answer: URLSearchParams,
): Promise<IssuerGrant> {
  const server = await discover(issuer);
  const client = clientOf(issuer);
  try {
    const parameters = oauth.validateAuthResponse(server, client, answer, pending.state);
    const response = await oauth.authorizationCodeGrantRequest(
      ...([server, client, none, parameters, ownAddress(), pending.codeVerifier] as const),
      optionsFor(issuer),
    );
    const options = { expectedNonce: pending.nonce, requireIdToken: true };
    return grantOf(await oauth.processAuthorizationCodeResponse(server, client, response, options));
  } catch (error) {
    throw new Error(sentenceFor(error), { cause: error });
  }
}

/**
 * @throws {SessionEnded} when the issuer gives no more
 * @throws {Error} when it does not answer, or not now
 */
export async function renew(issuer: Issuer, refreshToken: string | undefined): Promise<IssuerGrant> {
  if (refreshToken === undefined) throw new SessionEnded();
  const server = await discover(issuer);
  const client = clientOf(issuer);
  const response = await oauth.refreshTokenGrantRequest(
    ...([server, client, none, refreshToken] as const),
    optionsFor(issuer),
  );
  try {
    return grantOf(await oauth.processRefreshTokenResponse(server, client, response));
  } catch (error) {
    const isAnswer =
      error instanceof oauth.ResponseBodyError || error instanceof oauth.WWWAuthenticateChallengeError;
    throw isAnswer && error.status !== tooManyRequests ? new SessionEnded('', { cause: error }) : error;
  }
}

/**
 * Takes back what was granted.
 * @returns where the issuer forgets who is there; undefined where it has no such place
 */
export async function signOut(issuer: Issuer, refreshToken: string | undefined): Promise<string | undefined> {
  const server = await discover(issuer);
  if (refreshToken !== undefined && server.revocation_endpoint !== undefined) {
    // Without an answer it is signed out all the same: nobody has the token any more.
    await oauth
      .revocationRequest(server, clientOf(issuer), none, refreshToken, optionsFor(issuer))
      .catch(() => undefined);
  }
  if (server.end_session_endpoint === undefined) return undefined;
  const url = new URL(server.end_session_endpoint);
  url.searchParams.set('client_id', issuer.clientId);
  url.searchParams.set('post_logout_redirect_uri', ownAddress());
  // Cognito's name for it: https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
  url.searchParams.set('logout_uri', ownAddress());
  return url.href;
}

/** @throws {Error} with a sentence for people */
async function discover(issuer: Issuer): Promise<oauth.AuthorizationServer> {
  try {
    const url = new URL(issuer.issuer);
    return await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, optionsFor(issuer)));
  } catch (cause) {
    throw new Error(strings.session.noIssuer, { cause });
  }
}

function grantOf(response: oauth.TokenEndpointResponse): IssuerGrant {
  const { access_token: token, expires_in: seconds, refresh_token: refreshToken } = response;
  const claims = oauth.getValidatedIdTokenClaims(response);
  return {
    ...{ token, refreshToken, subject: claims?.sub },
    expiresAtMs: seconds === undefined ? undefined : Date.now() + seconds * 1000,
    name: ['name', 'preferred_username', 'email'].map((claim) => claims?.[claim]).find(isText),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function sentenceFor(error: unknown): string {
  if (error instanceof oauth.AuthorizationResponseError)
    return error.error === 'access_denied' ? strings.session.denied : strings.session.refused(error.error);
  if (error instanceof oauth.ResponseBodyError) return strings.session.refused(error.error);
  if ((error as { code?: unknown }).code === oauth.JWT_TIMESTAMP_CHECK) return strings.session.wrongClock;
  return error instanceof TypeError ? strings.session.noIssuer : strings.session.failed;
}
