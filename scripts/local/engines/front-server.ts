// The one HTTP server in front of all engines: loopback only, each request to its service's engine as it came.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loopbackHost, takenPort } from '../settings.ts';
import type { Engine } from './engine.ts';
import { type ServiceName, serviceOf } from './route.ts';

export type Engines = Readonly<Partial<Record<ServiceName, Pick<Engine, 'handle'>>>>;

export interface FrontServer {
  readonly endpoint: string;
  /** Opens the door: until then requests wait. */
  serve(engines: Engines): void;
  close(): Promise<void>;
}

// Longer than the SDK keeps an idle connection, so that the server is never the one to drop it mid-request.
const keepAliveMs = 65_000;

/**
 * Takes the port.
 *
 * @param port 0 for any free one.
 * @throws {SettingError} when the port is taken.
 */
export async function startFrontServer(port: number): Promise<FrontServer> {
  const { promise: opened, resolve: serve } = Promise.withResolvers<Engines>();
  const server = createServer((request, response) => {
    void answer(opened, request, response);
  });
  server.keepAliveTimeout = keepAliveMs;
  // A large upload over a slow line is no attack on a laptop.
  server.requestTimeout = 0;
  await new Promise<void>((fulfil, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? takenPort(port, 'awsPort') : error);
    });
    server.listen(port, loopbackHost, fulfil);
  });
  const bound = server.address() as AddressInfo;
  return {
    endpoint: `http://${bound.address}:${bound.port}`,
    serve,
    close: async () => {
      const closed = new Promise((fulfil) => server.close(fulfil));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(opened: Promise<Engines>, request: IncomingMessage, response: ServerResponse) {
  try {
    const engines = await opened;
    const service = serviceOf(request);
    const engine = Object.hasOwn(engines, service) ? engines[service as ServiceName] : undefined;
    if (!engine) return refuse(service, request, response);
    await engine.handle(request, response);
  } catch (error) {
    // An engine that throws has answered nothing: the caller's SDK takes a 500 for a reason to try again.
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
    response.end(String(error));
  }
}

function refuse(service: string, request: IncomingMessage, response: ServerResponse) {
  request.resume();
  response.writeHead(501, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(
    JSON.stringify({ __type: 'NotImplemented', message: `The laptop cloud has no service "${service}"` }),
  );
}
