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

/** Sends the head, and the body only when it is asked for. @returns the text of all that was answered */
export async function sendAfterContinue(
  { method, url, headers = {} }: RawRequest,
  body: string,
): Promise<string> {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  const head = Object.entries({ ...headers, connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.write(`${method} ${pathname} HTTP/1.1\r\n${head.join('')}\r\n`);
  let received = '';
  for await (const chunk of socket) {
    received += chunk;
    if (received === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write(body);
  }
  return received;
}
