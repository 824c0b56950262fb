// A request whose body stops half way: for tests of lengths, patience and broken connections.
import { connect } from 'node:net';
import type { RawRequest } from './raw-http.ts';

/**
 * Sends the head and `start` of a body, then nothing more, and returns the text of the answer.
 * With `endAfterMilliseconds` the connection is cut off then.
 */
export async function sendStart(
  { method, url, headers = {} }: RawRequest,
  start: string,
  endAfterMs?: number,
): Promise<string> {
  const { hostname, port, pathname } = new URL(url);
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect(Number(port), hostname);
  let received = '';
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${pathname} HTTP/1.1\r\n${head.join('')}\r\n${start}`);
  socket.on('data', (chunk) => {
    received += chunk.toString();
    if (received.includes('</Error>')) socket.end();
  });
  socket.on('error', () => resolve(received));
  socket.on('close', () => resolve(received));
  if (endAfterMs !== undefined) setTimeout(() => socket.destroy(), endAfterMs);
  return promise;
}
