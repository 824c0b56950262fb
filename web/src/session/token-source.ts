// The token of whoever is signed in, kept in memory: another one in time before it runs out, and once the API refuses it.

import type { TokenRequest } from '../../../client/src/client.ts';

export interface Grant {
  readonly token: string;
  /** As `Date.now()` counts; undefined where nobody says. */
  readonly expiresAtMs: number | undefined;
}

/** Whoever was signed in has to sign in again. */
export class SessionEnded extends Error {
  override readonly name = 'SessionEnded';
}

const renewBeforeMs = 30_000;
const longestPauseMs = 30_000;

interface Renewal {
  /** Gets another grant. What it throws is waited out, as a connection that is away, but for `SessionEnded`. */
  renew(): Promise<Grant>;
  /** Told once: calls that need a token wait from then on, and the page is there to sign in again. */
  onEnded(): void;
  /** Fires `online` when there may be a connection again, as `window` does. */
  readonly connection: EventTarget;
}

/** @returns the token that the client library asks for */
export function createTokenSource(
  first: Grant,
  { renew, onEnded, connection }: Renewal,
): (request: TokenRequest) => Promise<string> {
  let current = Promise.resolve(first);

  async function patiently(): Promise<Grant> {
    for (let pauseMs = 1000; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        return await renew();
      } catch (error) {
        if (error instanceof SessionEnded) {
          onEnded();
          return new Promise(() => {});
        }
      }
      await pause(pauseMs, connection);
    }
  }

  return async ({ refused }) => {
    const seen = current;
    const { token, expiresAtMs = Number.POSITIVE_INFINITY } = await seen;
    const isOver = token === refused || expiresAtMs - renewBeforeMs < Date.now();
    if (!isOver) return token;
    // Of many calls that find it over, the first asks for another one.
    if (current === seen) current = patiently();
    return (await current).token;
  };
}

/** Ends early when the connection is back. */
function pause(milliseconds: number, connection: EventTarget): Promise<void> {
  return new Promise((fulfil) => {
    const end = () => {
      clearTimeout(timer);
      connection.removeEventListener('online', end);
      fulfil();
    };
    const timer = setTimeout(end, milliseconds);
    connection.addEventListener('online', end);
  });
}
