// The page: reads where it is, signs in, and shows what there is, or why there is nothing.

import { compose } from './compose.ts';
import { createFrame } from './frame/frame.ts';
import { problemScreen, signInScreen, signingInScreen } from './frame/screens.ts';
import { controls } from './look/controls.ts';
import { readConfig } from './session/config.ts';
import { openSession } from './session/open-session.ts';
import type { SignedOut, SignIn } from './session/session.ts';
import { strings } from './strings.ts';
import { trustOwnWorkers } from './trusted-workers.ts';

const frame = createFrame({
  header: document.querySelector('header') as HTMLElement,
  notices: document.querySelector('#notices') as HTMLElement,
  main: document.querySelector('main') as HTMLElement,
});

async function start(): Promise<void> {
  const config = await readConfig();
  if (config.signIn !== 'laptop') frame.instead(signingInScreen);
  const session = await openSession(config, (signIn) => askAgain(signIn));
  if (!session.isSignedIn) return askToSignIn(session);
  frame.instead(undefined);
  compose(frame, config, session);
}

function askToSignIn(session: SignedOut): void {
  frame.instead(signInScreen(session, askToSignIn));
}

function askAgain(signIn: SignIn, text: string = strings.session.ended): void {
  const takeAway = frame.notice({
    ...{ text, button: strings.session.signInAgain },
    act: () =>
      signIn().catch((error: Error) => {
        takeAway();
        askAgain(signIn, error.message);
      }),
  });
}

trustOwnWorkers();
// Buttons of the frame look like those within components.
if (controls.styleSheet) document.adoptedStyleSheets = [controls.styleSheet];
start().catch((error: Error) => frame.instead(problemScreen(error.message)));
