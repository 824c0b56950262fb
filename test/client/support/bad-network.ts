// Stands between a client and a stack that runs, and lets happen to requests what happens to them: they are lost, or their
// answers are, they are late, refused, or so slow that a URL runs out meanwhile.

import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

export const mishaps = ['lost', 'answer-lost', 'late', 'unavailable', 'full', 'outlived'] as const;
export type Mishap = (typeof mishaps)[number];

export interface BadNetwork {
  /** Of the API. */
  readonly url: string;
  /** How often each happened. */
  readonly counts: Readonly<Record<Mishap, number>>;
  /** Fulfilled when so many files have been sent, whatever became of them. */
  whenSent(count: number): Promise<void>;
  close(): Promise<void>;
}

export interface BadNetworkOptions {
  readonly apiPort: number;
  readonly s3Port: number;
  /** Longer than an upload URL lives. */
  readonly outliveMilliseconds: number;
  readonly next: NextMishap;
}

/** What befalls the next request of this method, if anything. */
export type NextMishap = (method: string) => Mishap | undefined;

/** Of all requests; each mishap has the same part of it. */
const mishapShare = 0.25;
const lateMilliseconds = 300;
const host = '127.0.0.1';
/** So that a page gets to see the refusals as well. */
const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };

/** @param random in [0, 1) */
export function randomMishaps(random: () => number): NextMishap {
  return (method) => {
    if (method === 'OPTIONS' || random() > mishapShare) return undefined;
    // Only POST /uploads meets a quota, and only a URL runs out.
    const possible = mishaps.filter(
      (mishap) => (mishap !== 'full' || method === 'POST') && (mishap !== 'outlived' || method === 'PUT'),
    );
    return possible[Math.floor(random() * possible.length)];
  };
}

export async function startBadNetwork(options: BadNetworkOptions): Promise<BadNetwork> {
  const counts = Object.fromEntries(mishaps.map((mishap) => [mishap, 0])) as Record<Mishap, number>;
  const s3Url = `http://${host}:${options.s3Port}`;
  const heard = new EventEmitter();
  let sent = 0;

  const front = (port: number, rewrite: (body: string) => string) =>
    createServer(async (incoming, outgoing) => {
      if (incoming.method === 'PUT') heard.emit(String(++sent));
      const mishap = options.next(incoming.method ?? '');
      if (mishap) counts[mishap] += 1;
      const body = await buffer(incoming).catch(() => undefined);
      if (body === undefined || mishap === 'lost') return void incoming.socket.destroy();
      if (mishap === 'unavailable') return refuse(outgoing, 503);
      if (mishap === 'full') return refuse(outgoing, 429);
      if (mishap === 'late') await sleep(lateMilliseconds);
      if (mishap === 'outlived') await sleep(options.outliveMilliseconds);
      forward(incoming, body, port, (answer, text) => {
        if (mishap === 'answer-lost' || answer === undefined) return void incoming.socket.destroy();
        const { 'content-length': _changed, 'transfer-encoding': _not, ...headers } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, headers);
        outgoing.end(answer.statusCode === 304 ? undefined : rewrite(text));
      });
    });

  const s3 = front(options.s3Port, (body) => body);
  const s3Front = await listen(s3);
  const api = front(options.apiPort, (body) => body.replaceAll(`${s3Url}/`, `${s3Front}/`));
  const url = await listen(api);
  return {
    ...{ url, counts },
    whenSent: async (count) => void (await once(heard, String(count))),
    close: async () => {
      for (const server of [api, s3]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

/** Under the name that the other side was signed for. */
function forward(
  { method, url: path, headers }: IncomingMessage,
  body: Buffer,
  port: number,
  answered: (answer: IncomingMessage | undefined, text: string) => void,
): void {
  const { connection: _own, 'transfer-encoding': _whole, 'accept-encoding': _plain, ...others } = headers;
  const lost = () => answered(undefined, '');
  const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
  const options = { host, port, method, path, headers: { ...others, ...length, host: `${host}:${port}` } };
  const outgoing = send(options, (answer) => {
    buffer(answer).then((bytes) => answered(answer, bytes.toString()), lost);
  });
  // The stack is being killed or started.
  outgoing.once('error', lost);
  outgoing.end(body);
}

function refuse(outgoing: ServerResponse, status: number): void {
  outgoing.writeHead(status, { ...cors, 'retry-after': '1', 'content-type': 'application/problem+json' });
  outgoing.end(JSON.stringify({ status, code: status === 429 ? 'quota-exceeded' : 'internal' }));
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((fulfil) => server.listen(0, host, fulfil));
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}
