// What is there instead of the photos: a way to sign in, or a sentence that says why there is nothing.

import { html } from 'lit';
import type { SignedOut } from '../session/session.ts';
import { strings } from '../strings.ts';

/** @param refresh shows it again, with what went wrong */
export function signInScreen({ problem, signIn }: SignedOut, refresh: (again: SignedOut) => void) {
  const leave = () =>
    signIn().catch((error: Error) => refresh({ isSignedIn: false, problem: error.message, signIn }));
  return html`
    <section class="screen">
      ${problem ? html`<p role="alert">${problem}</p>` : html`<p>${strings.session.signedOut}</p>`}
      <button class="primary" @click=${leave}>${problem ? strings.session.signInAgain : strings.session.signIn}</button>
    </section>
  `;
}

export const signingInScreen = html`<section class="screen"><p role="status">${strings.session.signingIn}</p></section>`;

export function problemScreen(problem: string) {
  const again = () => location.reload();
  return html`
    <section class="screen">
      <p role="alert">${problem}</p>
      <button @click=${again}>${strings.frame.reload}</button>
    </section>
  `;
}
