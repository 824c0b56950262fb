// A proxy before the AWS endpoint that lets faults happen to calls, so that no production code need know of them.
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceOf } from '../local/engines/route.ts';
import { loopbackHost } from '../local/settings.ts';
import { type Fault, type FaultPlan, faults } from './faults.ts';

export interface FaultProxy {
  readonly endpoint: string;
  readonly port: number;
  /** How often each fault happened. */
  readonly counts: Readonly<Record<Fault, number>>;
  close(): Promise<void>;
}

const lateMilliseconds = 400;

/** Starts the proxy on a free port. @param upstreamPort the engines' */
export async function startFaultProxy(upstreamPort: number, plan: FaultPlan): Promise<FaultProxy> {
  const counts = Object.fromEntries(faults.map((fault) => [fault, 0])) as Record<Fault, number>;
  const server = createServer((incoming, answer) => {
    // A client uploading by URL is not who is tested here: its own retries would be.
    const isClient = incoming.url?.includes('X-Amz-Signature=') ?? false;
    const fault = isClient ? undefined : plan.next(serviceOf(incoming));
    if (fault) counts[fault] += 1;
    void serve(incoming, answer, upstreamPort, fault);
  });
  server.requestTimeout = 0;
  await new Promise<void>((fulfil) => server.listen(0, loopbackHost, fulfil));
  const { port } = server.address() as { port: number };
  return {
    ...{ port, counts, endpoint: `http://${loopbackHost}:${port}` },
    close: async () => {
      const closed = new Promise((fulfil) => server.close(fulfil));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(
  incoming: IncomingMessage,
  answer: ServerResponse,
  upstreamPort: number,
  fault: Fault | undefined,
): Promise<void> {
  if (fault === 'reset') return void incoming.socket.destroy();
  if (fault === 'unavailable') return refuse(incoming, answer, 503, 'ServiceUnavailable');
  if (fault === 'throttled') return refuse(incoming, answer, ...throttling(serviceOf(incoming)));
  if (fault === 'late') await sleep(lateMilliseconds);
  forward(incoming, answer, upstreamPort, fault === 'answer-lost');
}

/** The host stays as it is: it is signed. */
function forward(
  incoming: IncomingMessage,
  answer: ServerResponse,
  port: number,
  isAnswerLost: boolean,
): void {
  const { method, url: path, headers } = incoming;
  const outgoing = send({ host: loopbackHost, port, method, path, headers }, (upstream) => {
    if (isAnswerLost) {
      upstream.resume().once('end', () => incoming.socket.destroy());
      return;
    }
    answer.writeHead(upstream.statusCode ?? 502, upstream.headers);
    upstream.pipe(answer);
    upstream.once('error', () => incoming.socket.destroy());
  });
  // The engines are being killed or started: to the caller, a connection that breaks.
  outgoing.once('error', () => incoming.socket.destroy());
  answer.once('close', () => outgoing.destroy());
  incoming.once('error', () => outgoing.destroy());
  incoming.pipe(outgoing);
}

// https://docs.aws.amazon.com/general/latest/gr/api-retries.html
function throttling(service: string): [status: number, code: string] {
  if (service === 's3') return [503, 'SlowDown'];
  return service === 'sns' ? [400, 'Throttled'] : [400, 'ThrottlingException'];
}

function refuse(incoming: IncomingMessage, answer: ServerResponse, status: number, code: string): void {
  incoming.resume();
  const service = serviceOf(incoming);
  const isXml = service === 's3' || service === 'sns';
  const error = `<Error><Code>${code}</Code><Message>chaos</Message></Error>`;
  const body = isXml
    ? service === 'sns'
      ? `<ErrorResponse>${error}</ErrorResponse>`
      : error
    : JSON.stringify({ __type: code, message: 'chaos' });
  const contentType = isXml ? 'application/xml' : 'application/x-amz-json-1.0';
  // A kept connection would still carry the request's body.
  answer.writeHead(status, { 'content-type': contentType, connection: 'close' });
  answer.end(body);
}
