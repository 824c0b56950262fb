// The HTTP API of serverless-offline, taken off the network: it listens where nobody can connect, and requests are
// handed over in this process by whoever has checked them.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Handle } from '../engines/loopback-server.ts';

export interface ApiServer {
  /** What serverless-offline is to take for its port. */
  readonly socketPath: string;
  /** Answers a request, once serverless-offline has started. */
  readonly handle: Handle;
}

// https://nodejs.org/api/diagnostics_channel.html#event-tracingnetserverlistenasyncend
const listening = 'tracing:net.server.listen:asyncEnd';

/** To be called before serverless-offline starts. */
export function hideApiServer(): ApiServer {
  const folder = mkdtempSync(join(tmpdir(), 'laptop-api-'));
  const socketPath = process.platform === 'win32' ? `\\\\.\\pipe\\${folder}` : join(folder, 'socket');
  const { promise: found, resolve } = Promise.withResolvers<Server>();
  const look = (message: unknown): void => {
    const { server } = message as { server: unknown };
    if (!(server instanceof Server) || server.address() !== socketPath) return;
    unsubscribe(listening, look);
    // A socket without its file goes on listening, and nobody finds it.
    rmSync(folder, { recursive: true, force: true });
    resolve(server);
  };
  subscribe(listening, look);
  return {
    socketPath,
    handle: async (request, response) => {
      hideContentType(request);
      (await found).emit('request', request, response);
    },
  };
}

/**
 * Functions get the header as it was sent, from the raw ones. This one makes serverless-offline read JSON, and give the
 * function `false` for a body that says so; and makes hapi answer 400 by itself where it cannot read the type.
 */
function hideContentType({ headers }: IncomingMessage): void {
  const isForm = /^multipart\/form-data\b/i.test(headers['content-type'] ?? '');
  headers['content-type'] = isForm ? 'multipart/form-data; boundary=-' : 'text/plain';
}
