// An HTTP server for programs of this machine: loopback only, and only for requests that mean to come here.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loopbackHost, takenPort } from '../settings.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface LoopbackServer {
  readonly endpoint: string;
  /** Opens the door: until then requests wait. */
  serve(handle: Handle): void;
  close(): Promise<void>;
}

// Longer than the SDK keeps an idle connection, so that the server is never the one to drop it mid-request.
const keepAliveMs = 65_000;
// Any name can be made to resolve to this machine, by whoever owns it: these belong to the machine itself.
const loopbackName = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Takes the port.
 *
 * @param port 0 for any free one
 * @throws {SettingError} when the port is taken
 */
export async function startLoopbackServer(
  port: number,
  setting: 'apiPort' | 'awsPort',
): Promise<LoopbackServer> {
  const { promise: opened, resolve: serve } = Promise.withResolvers<Handle>();
  const answer: Handle = async (request, response) => {
    const { host = '' } = request.headers;
    if (!loopbackName.test(host)) return refuseHost(host, request, response);
    try {
      await (await opened)(request, response);
    } catch (error) {
      // Nothing was answered: the caller's SDK takes a 500 for a reason to try again.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  // Whoever reads a body asks for it (100 Continue), and any other expectation is ignored, as S3 does.
  server.on('checkContinue', (request, response) => void answer(request, response));
  server.on('checkExpectation', (request, response) => void answer(request, response));
  server.keepAliveTimeout = keepAliveMs;
  // A large upload over a slow line is no attack on a laptop.
  server.requestTimeout = 0;
  await new Promise<void>((fulfil, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? takenPort(port, setting) : error);
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

function refuseHost(host: string, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' });
  response.end(`The host "${host}" is not served here: call ${loopbackHost} or localhost.\n`);
}
