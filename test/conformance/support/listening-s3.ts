// The local S3 behind a server of its own, without the rest of the laptop cloud.
import { createServer } from 'node:http';
import { createLocalS3, type LocalS3Options } from '../../../scripts/local/s3/server.ts';

export interface ListeningS3 {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Serves a local S3 on a free loopback port. */
export async function listenLocalS3(options: LocalS3Options): Promise<ListeningS3> {
  const s3 = createLocalS3(options);
  const server = createServer((request, response) => s3.handle(request, response));
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', resolve);
  await listening;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await s3.close();
    },
  };
}
