// A certified OpenID provider on this machine, with a sign-in page of its own: whoever is named there is signed in.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

export interface RunningIssuer {
  readonly url: string;
  /** Kinds of grants in the order in which tokens were given for them. */
  readonly granted: readonly string[];
  /** What it complained of. */
  readonly errors: readonly string[];
  /** From then on it gives no more tokens for those that it gave before. */
  endSessions(): Promise<void>;
  close(): Promise<void>;
}

export const audience = 'darkroom';
export const clientId = 'page';
export const imagesScope = 'darkroom/images';

/**
 * @param page where the page is: its origin
 */
export async function startIssuer(page: string): Promise<RunningIssuer> {
  const server = createServer();
  await new Promise<void>((fulfil) => server.listen(0, '127.0.0.1', fulfil));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider = new Provider(url, {
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: 'none',
        redirect_uris: [`${page}/`],
        post_logout_redirect_uris: [`${page}/`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'one' }] },
    cookies: { keys: ['a key of these tests'] },
    scopes: ['openid'],
    claims: { openid: ['sub', 'name'] },
    conformIdTokenClaims: false,
    findAccount: (_context: unknown, name: string) => ({
      accountId: name,
      claims: () => ({ sub: name, name }),
    }),
    clientBasedCORS: (_context: unknown, origin: string) => origin === page,
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: 3600,
      Interaction: 600,
      Grant: 3600,
      IdToken: 86_400,
      RefreshToken: 3600,
      Session: 3600,
    },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: () => true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context: { body: string }, form: string) => {
          context.body = `${signOutPage}${form}`;
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `urn:${audience}`,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          ...{ scope: imagesScope, audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } },
        }),
      },
    },
  });

  const granted: string[] = [];
  const errors: string[] = [];
  const given: { destroy(): Promise<void> }[] = [];
  provider.on('grant.success', ({ oidc }) => granted.push(oidc.params.grant_type));
  provider.on('refresh_token.saved', (token) => given.push(token));
  for (const event of [
    'server_error',
    'authorization.error',
    'grant.error',
    'revocation_endpoint.error',
  ] as const)
    provider.on(event, (_context, error) => errors.push(`${event}: ${error.message}`));

  const answer = provider.callback();
  server.on('request', async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return answer(request, response);
    if (request.method !== 'POST') {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(signInPage);
      return;
    }
    const form = new URLSearchParams(await textOf(request));
    if (form.has('cancel'))
      return provider.interactionFinished(request, response, {
        ...{ error: 'access_denied', error_description: 'Called off' },
      });
    const accountId = form.get('name') ?? '';
    const grant = new provider.Grant({ accountId, clientId });
    grant.addOIDCScope('openid');
    grant.addResourceScope(`urn:${audience}`, imagesScope);
    const consent = { grantId: await grant.save() };
    return provider.interactionFinished(request, response, { login: { accountId }, consent });
  });
  return {
    ...{ url, granted, errors },
    endSessions: async () => {
      await Promise.all(given.splice(0).map((token) => token.destroy()));
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((fulfil) => server.close(fulfil));
    },
  };
}

const signInPage = `<!doctype html><title>The issuer</title><link rel="icon" href="data:,">
<form method="post"><label>Name <input name="name"></label><button>Go on</button><button name="cancel">Call off</button></form>`;

const signOutPage = `<!doctype html><title>The issuer</title><link rel="icon" href="data:,">
<button form="op.logoutForm" name="logout" value="yes">Sign me out</button>`;

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
