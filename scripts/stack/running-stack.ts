// Runs `npm start` as a person would, on ports and in a folder of its own, and can kill all of it at once.

import { join } from 'node:path';
import { createClient, type Darkroom } from '../../client/src/client.ts';
import { laptopToken } from '../client/token.ts';
import { loopbackHost, probePort } from '../local/settings.ts';
import { openStage, type Stage } from '../operations/stage.ts';
import { type ProcessGroup, startProcessGroup } from './process-group.ts';

export interface RunningStack extends ProcessGroup {
  readonly api: string;
  readonly client: Darkroom;
  /** An access token. @param user whose; when absent, of whom `client` is */
  tokenOf(user?: string): Promise<string>;
  readonly ports: StackPorts;
  /** Its queues, topics, buckets and table, and the SDK clients to use them with. */
  readonly stage: Stage;
  /** From the command to the line that says it is ready. */
  readonly startMilliseconds: number;
}

interface StackPorts {
  readonly api: number;
  readonly aws: number;
}

export interface StackOptions {
  /** For its data and its log. */
  readonly folder: string;
  /** Free ones, when they are not given. */
  readonly ports?: StackPorts;
  /** Over the stage's parameters in serverless.yml. */
  readonly parameters?: Readonly<Record<string, number | string>>;
  /** Where functions and pollers send their calls, when engines run already at the AWS port. */
  readonly endpoint?: string;
}

/** Its timeouts are short. */
export const stageName = 'test';
const portAttempts = 3;

/** @throws {OperatorError} with what it printed, when it does not start */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      // Somebody took a port between choosing it and listening on it.
      const isBadLuck = options.ports === undefined && /is taken/.test((error as Error).message);
      if (attempt === portAttempts || !isBadLuck) throw error;
    }
  }
}

export async function freePorts(): Promise<StackPorts> {
  const [api, aws] = await Promise.all([probePort(), probePort()]);
  return { api, aws };
}

async function startOnce({
  folder,
  parameters = {},
  endpoint,
  ...given
}: StackOptions): Promise<RunningStack> {
  const ports = given.ports ?? (await freePorts());
  const overrides = Object.entries(parameters).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
  const dataDir = join(folder, 'data');
  const begunAt = performance.now();
  const group = await startProcessGroup({
    command: ['npm', 'start', '--', '--stage', stageName, ...overrides],
    env: {
      ...withoutAws(process.env),
      ...(endpoint !== undefined && { AWS_ENDPOINT_URL: endpoint }),
      DARKROOM_API_PORT: String(ports.api),
      DARKROOM_AWS_PORT: String(ports.aws),
      DARKROOM_DATA_DIR: dataDir,
    },
    readyLine: 'Darkroom is ready',
    logFile: join(folder, 'stack.log'),
  });
  const startMilliseconds = performance.now() - begunAt;
  const api = `http://${loopbackHost}:${ports.api}`;
  const tokenOf = async (user?: string) => laptopToken(dataDir, user)();
  const client = createClient({ api, token: () => tokenOf() });
  const stage = await openStage({
    stage: stageName,
    endpoint: `http://${loopbackHost}:${ports.aws}`,
    dataDir,
  });
  return {
    ...group,
    ports,
    api,
    client,
    tokenOf,
    stage,
    startMilliseconds,
  };
}

/** Whatever account or endpoint this process is told of, the stack is not to use it. */
function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('AWS_')));
}
