// The one reader of the laptop cloud's environment variables: ports, data folder, another endpoint.
// All problems are told at once, each by the variable's name.
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type Credentials, localCredentials } from './credentials.ts';
import { LaptopCloudError } from './laptop-cloud-error.ts';

export const loopbackHost = '127.0.0.1';

const port = z.coerce.number().int().min(1).max(65_535);

/** By name, with defaults: docs/reference.md is made from it. */
export const environment = z.object({
  DARKROOM_API_PORT: port.default(3000),
  DARKROOM_AWS_PORT: port.default(4566),
  DARKROOM_DATA_DIR: z.string().min(1).default('.darkroom'),
  AWS_ENDPOINT_URL: z.url().optional(),
  AWS_ACCESS_KEY_ID: z.string().default(localCredentials.accessKeyId),
  AWS_SECRET_ACCESS_KEY: z.string().default(localCredentials.secretAccessKey),
});

export interface Settings {
  apiPort: number;
  awsPort: number;
  /** Absolute path. */
  dataDir: string;
  /** Another AWS-compatible endpoint: provision that one and start no embedded engine. */
  remote: { endpoint: string; credentials: Credentials } | undefined;
}

/**
 * Reads and checks the settings.
 *
 * @throws LaptopCloudError naming every variable that does not fit.
 */
export function readSettings(variables: NodeJS.ProcessEnv = process.env, folder = process.cwd()): Settings {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new LaptopCloudError(problems.join('; '));
  }
  const { DARKROOM_API_PORT, DARKROOM_AWS_PORT, DARKROOM_DATA_DIR, AWS_ENDPOINT_URL } = parsed.data;
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = parsed.data;
  if (DARKROOM_API_PORT === DARKROOM_AWS_PORT) {
    throw new LaptopCloudError(`DARKROOM_API_PORT and DARKROOM_AWS_PORT are both ${DARKROOM_API_PORT}`);
  }
  return {
    apiPort: DARKROOM_API_PORT,
    awsPort: DARKROOM_AWS_PORT,
    dataDir: resolve(folder, DARKROOM_DATA_DIR),
    remote: AWS_ENDPOINT_URL
      ? { endpoint: AWS_ENDPOINT_URL, credentials: { accessKeyId, secretAccessKey } }
      : undefined,
  };
}

/** The line for a port that somebody else has. */
export function takenPort(port: number, variable: string): LaptopCloudError {
  return new LaptopCloudError(`Port ${port} is taken: free it, or set ${variable} to another port.`);
}

/**
 * Listens on a loopback port for a moment, to learn whether it is free (0: any free one).
 *
 * @returns the port, free again.
 * @throws LaptopCloudError naming the variable to change when somebody else has the port.
 */
export async function probePort(port: number, variable: string): Promise<number> {
  const server = createServer();
  return new Promise((fulfil, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? takenPort(port, variable) : error);
    });
    server.listen(port, loopbackHost, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      server.close(() => fulfil(bound));
    });
  });
}
