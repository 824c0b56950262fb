// DynamoDB: dynalite, on disk. https://github.com/architect/dynalite
import { once } from 'node:events';
import type { Server } from 'node:http';
import { join } from 'node:path';
import dynalite from 'dynalite';
import { loopbackHost } from '../settings.ts';
import type { Engine } from './engine.ts';

/** Opens the tables below `dataDir`. Requests are handed over in process. */
export async function createDynamoDb(dataDir: string): Promise<Engine> {
  const server: Server = dynalite({
    path: join(dataDir, 'dynamodb'),
    createTableMs: 1,
    updateTableMs: 1,
    deleteTableMs: 1,
  });
  // Nobody calls this port; but dynalite closes its database only after a server that had listened.
  server.listen(0, loopbackHost);
  await once(server, 'listening');
  return {
    handle: (request, response) => {
      server.emit('request', request, response);
      // dynalite throws what a dropped connection reports, which would end the whole process.
      request.removeAllListeners('error').on('error', () => {});
    },
    close: () =>
      new Promise((fulfil, reject) => {
        server.close((error) => (error ? reject(error) : fulfil()));
      }),
  };
}
