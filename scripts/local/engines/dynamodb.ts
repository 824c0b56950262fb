// DynamoDB: dynalite, on disk. https://github.com/architect/dynalite
import { join } from 'node:path';
import { openDynalite } from './dynalite.ts';
import type { Engine } from './engine.ts';

/** Opens the tables below `dataDir`. @param warn told, by a line, why writes fail */
export function createDynamoDb(dataDir: string, warn: (line: string) => void): Engine {
  const { server, close } = openDynalite(join(dataDir, 'dynamodb'), warn);
  return {
    handle: (request, response) => {
      server.emit('request', request, response);
      // dynalite throws what a dropped connection reports, which would end the whole process.
      request.removeAllListeners('error').on('error', () => {});
    },
    close,
  };
}
