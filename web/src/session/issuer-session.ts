// Signs in at an issuer, which means to leave the page and to come back. Tokens are in memory alone: a page that is loaded again
// goes by the issuer once more, which still knows who is there and sends them back at once.

import { strings } from '../strings.ts';
import type { Issuer } from './config.ts';
import { leaveNothing } from './leave-nothing.ts';
import { keepPending, type Pending, setSignedIn, takePending, wasSignedIn } from './pending.ts';
import type { Session, SignedIn, SignIn } from './session.ts';
import { createTokenSource } from './token-source.ts';

const loadCode = () => import('./authorization-code.ts');

/** @param onEnded told when whoever is signed in has to sign in again */
export async function openIssuerSession(issuer: Issuer, onEnded: (signIn: SignIn) => void): Promise<Session> {
  const signIn = () => leaveFor(issuer, (url) => location.assign(url));
  const answer = new URLSearchParams(location.search);
  const pending = takePending();
  const isBack = answer.has('state') && (answer.has('code') || answer.has('error'));
  if (isBack) history.replaceState(null, '', `/${pending?.hash ?? ''}`);
  try {
    if (isBack && pending) return await redeem(issuer, pending, answer, () => onEnded(signIn));
    if (wasSignedIn()) {
      // Once: whoever comes back without being signed in is asked.
      setSignedIn(false);
      await leaveFor(issuer, (url) => location.replace(url));
      return await new Promise(() => {});
    }
    return { isSignedIn: false, problem: undefined, signIn };
  } catch (error) {
    return { isSignedIn: false, problem: (error as Error).message, signIn };
  }
}

async function redeem(
  issuer: Issuer,
  pending: Pending,
  answer: URLSearchParams,
  onEnded: () => void,
): Promise<SignedIn> {
  const code = await loadCode();
  const first = await code.redeem(issuer, pending, answer);
  let { refreshToken } = first;
  const renew = async () => {
    const next = await code.renew(issuer, refreshToken);
    refreshToken = next.refreshToken ?? refreshToken;
    return next;
  };
  const end = () => {
    setSignedIn(false);
    onEnded();
  };
  setSignedIn(true);
  return {
    isSignedIn: true,
    token: createTokenSource(first, { renew, onEnded: end, connection: window }),
    account: `${issuer.issuer} ${first.subject}`,
    name: first.name,
    signOut: async () => {
      // Whoever wants to leave does, also where the browser does not say what it keeps.
      await leaveNothing().catch(() => {});
      const elsewhere = await code.signOut(issuer, refreshToken).catch(() => undefined);
      // A browser may keep the page for going back to, with all that it shows.
      addEventListener('pageshow', () => location.reload());
      location.assign(elsewhere ?? '/');
    },
  };
}

async function leaveFor(issuer: Issuer, go: (url: string) => void): Promise<void> {
  const { begin } = await loadCode().catch((cause) => {
    throw new Error(strings.session.noAnswer, { cause });
  });
  const { url, ...secrets } = await begin(issuer);
  keepPending({ ...secrets, hash: location.hash });
  go(url);
}
