// The one reader of the laptop cloud's environment variables: ports, data folder, another endpoint.
// All problems are told at once, each by the variable's name.
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type Credentials, readCredentials } from './credentials.ts';
import { LaptopCloudError, SettingError } from './laptop-cloud-error.ts';

export const loopbackHost = '127.0.0.1';

const port = z.coerce.number().int().min(1).max(65_535);

/** What can be set, with its defaults. @param service as serverless.yml names it */
export function settingsSchema(service: string) {
  return z.object({
    apiPort: port.default(3000),
    awsPort: port.default(4566),
    dataDir: z.string().min(1).default(`.${service}`),
    endpoint: z.url().optional(),
    accessKeyId: z.string().optional(),
    secretAccessKey: z.string().optional(),
  });
}

export type SettingName = keyof ReturnType<typeof settingsSchema>['shape'];

/** The environment variable of each setting: those of the service's own begin with its name. */
export function variableNames(service: string): Readonly<Record<SettingName, string>> {
  const prefix = service.toUpperCase().replaceAll('-', '_');
  return {
    apiPort: `${prefix}_API_PORT`,
    awsPort: `${prefix}_AWS_PORT`,
    dataDir: `${prefix}_DATA_DIR`,
    endpoint: 'AWS_ENDPOINT_URL',
    accessKeyId: 'AWS_ACCESS_KEY_ID',
    secretAccessKey: 'AWS_SECRET_ACCESS_KEY',
  };
}

export interface Settings {
  readonly apiPort: number;
  readonly awsPort: number;
  /** Absolute path. */
  readonly dataDir: string;
  /** Another AWS-compatible endpoint: provision that one and start no embedded engine. */
  readonly remote?: { readonly endpoint: string; readonly credentials: Credentials };
}

/**
 * Reads and checks the settings.
 *
 * @param service as serverless.yml names it
 * @throws {LaptopCloudError} naming every variable that does not fit, or that there are no keys for an endpoint
 */
export function readSettings(
  service: string,
  variables: NodeJS.ProcessEnv = process.env,
  folder = process.cwd(),
): Settings {
  const names = variableNames(service);
  const given = Object.entries(names).map(([setting, name]) => [setting, variables[name] || undefined]);
  const parsed = settingsSchema(service).safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${names[path[0] as SettingName]}: ${message}`,
    );
    throw new LaptopCloudError(problems.join('; '));
  }
  const { apiPort, awsPort, endpoint, accessKeyId, secretAccessKey } = parsed.data;
  if (apiPort === awsPort) {
    throw new LaptopCloudError(`${names.apiPort} and ${names.awsPort} are both ${apiPort}`);
  }
  const dataDir = resolve(folder, parsed.data.dataDir);
  const local = { apiPort, awsPort, dataDir };
  if (endpoint === undefined) return local;
  const credentials =
    accessKeyId !== undefined && secretAccessKey !== undefined
      ? { accessKeyId, secretAccessKey }
      : readCredentials(dataDir);
  return { ...local, remote: { endpoint, credentials } };
}

/** The refusal of a port that somebody else has. */
export function takenPort(port: number, setting: 'apiPort' | 'awsPort'): SettingError {
  return new SettingError(
    setting,
    (name) => `Port ${port} is taken: free it, or set ${name} to another port.`,
  );
}

/**
 * Listens on a loopback port for a moment, to learn whether it is free.
 *
 * @param port 0 for any free one
 * @returns the port, free again
 * @throws {SettingError} when somebody else has the port
 */
export async function probePort(port = 0, setting: 'apiPort' | 'awsPort' = 'apiPort'): Promise<number> {
  const server = createServer();
  return new Promise((fulfil, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? takenPort(port, setting) : error);
    });
    server.listen(port, loopbackHost, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      server.close(() => fulfil(bound));
    });
  });
}
