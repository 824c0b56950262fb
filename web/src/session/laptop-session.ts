// Signs in with the issuer that the laptop brings: a token for this page, and another one once it is refused.

import { strings } from '../strings.ts';
import type { SignedIn } from './session.ts';
import { createTokenSource, type Grant } from './token-source.ts';

/** @throws {Error} with a sentence for people */
export async function openLaptopSession(): Promise<SignedIn> {
  // The laptop ends no session: whatever it answers is waited out.
  const renewal = { renew: signIn, onEnded: () => {}, connection: window };
  const token = createTokenSource(await signIn(), renewal);
  return { isSignedIn: true, token, account: 'laptop', name: undefined, signOut: undefined };
}

async function signIn(): Promise<Grant> {
  const answer = await fetch('/page/session', { method: 'POST' }).catch((cause) => {
    throw new Error(strings.session.noAnswer, { cause });
  });
  if (!answer.ok) throw new Error(strings.session.laptopRefused(answer.status));
  const { token } = (await answer.json()) as { token: string };
  return { token, expiresAtMs: undefined };
}
