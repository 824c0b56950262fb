// Who is signed in, or that nobody is, and how to sign in and out.

import type { Token } from '../../../client/src/client.ts';

export type Session = SignedIn | SignedOut;

export interface SignedIn {
  readonly isSignedIn: true;
  readonly token: Token;
  /** Whose it is that the page keeps in this browser. */
  readonly account: string;
  /** As the issuer calls whoever is signed in. */
  readonly name: string | undefined;
  /** Leaves the page. Absent where nobody has signed in by hand. */
  readonly signOut: (() => Promise<void>) | undefined;
}

export interface SignedOut {
  readonly isSignedIn: false;
  /** Why signing in did not succeed, when it was tried: a sentence. */
  readonly problem: string | undefined;
  readonly signIn: SignIn;
}

/** Leaves the page, which opens again at the same address. @throws {Error} with a sentence for people */
export type SignIn = () => Promise<void>;
