// What this tab keeps while its page is away at the issuer: no token, and nothing that is of use without the issuer's answer.

export interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** What was to be shown. */
  readonly hash: string;
}

const pendingKey = 'darkroom-signing-in';
const signedInKey = 'darkroom-signed-in';

export function keepPending(pending: Pending): void {
  sessionStorage.setItem(pendingKey, JSON.stringify(pending));
}

/** Only once: an answer is never taken twice. */
export function takePending(): Pending | undefined {
  const kept = sessionStorage.getItem(pendingKey);
  sessionStorage.removeItem(pendingKey);
  return kept === null ? undefined : (JSON.parse(kept) as Pending);
}

/** Whether somebody was signed in here before the page was loaded again. */
export const wasSignedIn = () => sessionStorage.getItem(signedInKey) !== null;

export function setSignedIn(isSignedIn: boolean): void {
  if (isSignedIn) sessionStorage.setItem(signedInKey, 'yes');
  else sessionStorage.removeItem(signedInKey);
}
