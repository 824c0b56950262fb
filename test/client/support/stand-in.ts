// Plays the API and S3 on loopback, right by itself, and wrong just where a test wants it to be.

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Image, Status, UploadRequest } from '../../../client/src/model.ts';

/** What befalls a request instead of an answer, or after it took effect. */
export type Fault =
  | 'reset'
  /** It takes effect, and its answer never arrives. */
  | 'answer-lost'
  | 'silence'
  | 'late'
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

export interface Call {
  readonly method: string;
  /** Without the image's ID: `PUT /originals`. */
  readonly route: string;
  readonly query: string;
  readonly headers: IncomingMessage['headers'];
}

export interface StandIn {
  readonly url: string;
  readonly calls: readonly Call[];
  /** What S3 got, by image ID. */
  readonly stored: ReadonlyMap<string, Buffer>;
  readonly deleted: ReadonlySet<string>;
  /** The most PUTs that were on their way at one time. */
  readonly mostAtOnce: number;
  /** What was asked for, in order. */
  readonly requests: readonly UploadRequest[];
  routes(): string[];
  close(): Promise<void>;
}

interface StandInOptions {
  /** What befalls the next call of a route: one after the other, then nothing more. */
  readonly faults?: Readonly<Record<string, Fault[]>>;
  /** What an image goes through once its file is there, a status a request. The last one stays. */
  readonly course?: readonly Status[];
  /** What the first images end as instead. */
  readonly endings?: Status[];
  readonly listed?: readonly string[];
}

const lateMilliseconds = 100;

export async function startStandIn({
  faults = {},
  course = ['awaiting-upload', 'processing', 'processing', 'ready'],
  endings = [],
  listed = [],
}: StandInOptions = {}): Promise<StandIn> {
  const calls: Call[] = [];
  const requests: UploadRequest[] = [];
  const stored = new Map<string, Buffer>();
  const deleted = new Set<string>();
  const reads = new Map<string, number>();
  let mostAtOnce = 0;
  let atOnce = 0;

  const server = createServer(async (request, response) => {
    const { method = '', headers } = request;
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const [, resource = '', imageId = ''] = pathname.split('/');
    const route = `${method} /${resource}`;
    calls.push({ method, route, headers, query: searchParams.toString() });
    const fault = faults[route]?.shift();
    if (fault === 'reset') return void request.socket.destroy();
    if (fault === 'silence') return;
    if (method === 'PUT') mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    const body = await buffer(request).catch(() => undefined);
    if (fault === 'late') await sleep(lateMilliseconds);
    if (method === 'PUT') atOnce -= 1;
    if (body === undefined) return;
    if (typeof fault === 'object') {
      response.writeHead(fault.status, { 'content-type': 'application/problem+json', ...fault.headers });
      return void response.end(fault.body);
    }
    const answer = fault === 'answer-lost' ? unheard(response) : response;
    if (route === 'POST /uploads') create(answer, JSON.parse(body.toString()));
    else if (route === 'PUT /originals') put(answer, imageId, body);
    else if (route === 'GET /images' && imageId) read(answer, imageId, headers['if-none-match']);
    else if (route === 'GET /images') list(answer, searchParams);
    else if (route === 'DELETE /images') remove(answer, imageId);
    else send(answer, 200, {});
  });

  function create(response: ServerResponse, request: UploadRequest): void {
    requests.push(request);
    const imageId = `image-${requests.length}`;
    const upload = {
      ...{ method: 'PUT', url: `${url}/originals/${imageId}`, headers: { 'if-none-match': '*' } },
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    };
    send(response, 201, { imageId, status: 'awaiting-upload', upload });
  }

  function put(response: ServerResponse, imageId: string, body: Buffer): void {
    if (stored.has(imageId)) {
      sendXml(response, 412, 'PreconditionFailed');
    } else {
      stored.set(imageId, body);
      sendXml(response, 200, '');
    }
  }

  function read(response: ServerResponse, imageId: string, known: string | undefined): void {
    const count = reads.get(imageId) ?? 0;
    if (stored.has(imageId)) reads.set(imageId, count + 1);
    const position = stored.has(imageId) ? Math.min(count, course.length - 1) : 0;
    const ending = endings[Number(imageId.slice('image-'.length)) - 1];
    const status = position === course.length - 1 && ending ? ending : (course[position] ?? 'ready');
    const updatedAt = new Date(position).toISOString();
    const etag = `"${imageId}-${position}"`;
    if (known === etag) return void response.writeHead(304, { etag }).end();
    const metadata = position > 1 ? { format: 'jpeg', width: 4, height: 3 } : null;
    send(response, 200, { imageId, status, updatedAt, metadata, failure: null, renditions: [] }, { etag });
  }

  function list(response: ServerResponse, query: URLSearchParams): void {
    const limit = Number(query.get('limit') ?? 2);
    const begin = Number(query.get('cursor') ?? 0);
    const images = listed.slice(begin, begin + limit).map((imageId) => ({ imageId }) as Image);
    send(response, 200, { images, nextCursor: begin + limit < listed.length ? String(begin + limit) : null });
  }

  function remove(response: ServerResponse, imageId: string): void {
    deleted.add(imageId);
    stored.delete(imageId);
    response.writeHead(204).end();
  }

  await new Promise<void>((fulfil) => server.listen(0, '127.0.0.1', fulfil));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url, calls, requests, stored, deleted },
    get mostAtOnce() {
      return mostAtOnce;
    },
    routes: () => calls.map(({ route }) => route),
    close: async () => {
      const closed = new Promise((fulfil) => server.close(fulfil));
      server.closeAllConnections();
      await closed;
    },
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

/** An answer that breaks the connection where it would be sent. */
function unheard(response: ServerResponse): ServerResponse {
  response.end = () => {
    response.socket?.destroy();
    return response;
  };
  return response;
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function sendXml(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(code && `<Error><Code>${code}</Code><Message>No.</Message></Error>`);
}
