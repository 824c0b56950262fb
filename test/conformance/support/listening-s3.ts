// The local S3 behind a server of its own, without the rest of the laptop cloud.
import { startLoopbackServer } from '../../../scripts/local/engines/loopback-server.ts';
import { createLocalS3, type LocalS3Options } from '../../../scripts/local/s3/server.ts';

export interface ListeningS3 {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Serves a local S3 on a free loopback port. */
export async function listenLocalS3(options: LocalS3Options): Promise<ListeningS3> {
  const s3 = createLocalS3(options);
  const server = await startLoopbackServer(0, 'awsPort');
  server.serve(s3.handle);
  return {
    endpoint: server.endpoint,
    close: async () => {
      await server.close();
      await s3.close();
    },
  };
}
