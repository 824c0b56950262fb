// Signs in with the issuer that the laptop brings: a token for this page, asked for again once it is refused.

import type { Token } from '../../../client/src/client.ts';

export function createSession(): Token {
  let token: Promise<string> | undefined;
  return (request) => {
    if (request?.refused !== undefined) token = undefined;
    token ??= signIn();
    // Whoever could not sign in tries anew with the next call.
    token.catch(() => {
      token = undefined;
    });
    return token;
  };
}

async function signIn(): Promise<string> {
  const answer = await fetch('/page/session', { method: 'POST' });
  if (!answer.ok) throw new Error(`Signing in was refused (${answer.status}).`);
  return ((await answer.json()) as { token: string }).token;
}
