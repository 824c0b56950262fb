// The HTTP API of serverless-offline, taken off the network: it listens on a socket in a folder of its own, and
// requests are handed over in this process by whoever has checked them.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Handle } from '../engines/loopback-server.ts';

export interface ApiServer {
  /** What serverless-offline is to take for its port. */
  readonly socketPath: string;
  /** Answers a request, once serverless-offline has started. */
  readonly handle: Handle;
  remove(): void;
}

// https://nodejs.org/api/diagnostics_channel.html#event-tracingnetserverlistenasyncstart
const listening = 'tracing:net.server.listen:asyncStart';

/** To be called before serverless-offline starts. */
export function hideApiServer(): ApiServer {
  const folder = mkdtempSync(join(tmpdir(), 'laptop-api-'));
  const socketPath = process.platform === 'win32' ? `\\\\.\\pipe\\${folder}` : join(folder, 'socket');
  const { promise: found, resolve } = Promise.withResolvers<Server>();
  const look = (message: unknown): void => {
    const { server, options } = message as { server: unknown; options?: { path?: string } };
    if (server instanceof Server && options?.path === socketPath) resolve(server);
  };
  subscribe(listening, look);
  return {
    socketPath,
    handle: async (request, response) => {
      (await found).emit('request', request, response);
    },
    remove: () => {
      unsubscribe(listening, look);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
