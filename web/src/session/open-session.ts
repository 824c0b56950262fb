// Signs in as the page's configuration says: on the laptop, or at an issuer.

import type { Config } from './config.ts';
import { openIssuerSession } from './issuer-session.ts';
import { openLaptopSession } from './laptop-session.ts';
import type { Session, SignIn } from './session.ts';

/**
 * @param onEnded told when whoever is signed in has to sign in again
 * @throws {Error} with a sentence for people
 */
export function openSession(
  { signIn }: Pick<Config, 'signIn'>,
  onEnded: (signIn: SignIn) => void,
): Promise<Session> {
  return signIn === 'laptop' ? openLaptopSession() : openIssuerSession(signIn, onEnded);
}
