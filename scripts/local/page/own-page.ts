// Whether a request comes from the page itself: no other page can say so, since browsers alone write these headers.
// https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site

import type { IncomingMessage } from 'node:http';

/** What a browser says with every request of a script to its own origin; `Origin` only where it changes something. */
export function isFromOwnPage({ method, headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  const isOwnOrigin = origin === undefined ? method === 'GET' : origin === `http://${host}`;
  return isOwnOrigin && headers['sec-fetch-site'] === 'same-origin';
}
