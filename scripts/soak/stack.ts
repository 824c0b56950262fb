// Runs `npm start` as a person would, on ports and in a folder of its own, and can kill all of it at once.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AwsClients, createClients } from '../local/aws-clients.ts';
import { localCredentials } from '../local/credentials.ts';
import { probePort } from '../local/settings.ts';

export interface Stack {
  readonly api: string;
  /** Of the API and of the AWS endpoint. */
  readonly ports: readonly number[];
  readonly clients: AwsClients;
  /** Milliseconds from the command to the line that says it is ready. */
  readonly startMilliseconds: number;
  /** What it has printed so far. */
  output(): string;
  /** `kill -9` of the whole process tree. */
  kill(): Promise<void>;
  /** Ctrl-C: an interrupt to the whole process group. Returns when all of it has ended. */
  interrupt(): Promise<void>;
}

export interface StackOptions {
  readonly dataDir: string;
  readonly stage?: string;
  /** Over the stage's parameters in serverless.yml. */
  readonly parameters?: Readonly<Record<string, number>>;
}

const portAttempts = 3;

export async function startStack(options: StackOptions): Promise<Stack> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      // Somebody took a port between choosing it and listening on it.
      if (attempt === portAttempts || !/is taken/.test((error as Error).message)) throw error;
    }
  }
}

async function startOnce({ dataDir, stage = 'test', parameters = {} }: StackOptions): Promise<Stack> {
  const [apiPort, awsPort] = await Promise.all([probePort(), probePort()]);
  const overrides = Object.entries(parameters).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
  const begunAt = performance.now();
  const npm = spawn('npm', ['start', '--', '--stage', stage, ...overrides], {
    // A process group of its own, as a terminal gives to what it starts.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...withoutAws(process.env),
      DARKROOM_API_PORT: String(apiPort),
      DARKROOM_AWS_PORT: String(awsPort),
      DARKROOM_DATA_DIR: dataDir,
    },
  });
  const output = await printedUntilReady(npm);
  const endpoint = `http://127.0.0.1:${awsPort}`;
  const ended = once(npm, 'exit');
  const signalGroup = (signal: NodeJS.Signals) => npm.pid && process.kill(-npm.pid, signal);
  return {
    api: `http://127.0.0.1:${apiPort}`,
    ports: [apiPort, awsPort],
    clients: createClients({ endpoint, region: 'eu-central-1', credentials: localCredentials }),
    startMilliseconds: performance.now() - begunAt,
    output,
    async kill() {
      signalGroup('SIGKILL');
      await ended;
    },
    async interrupt() {
      signalGroup('SIGINT');
      await ended;
    },
  };
}

async function printedUntilReady(npm: ChildProcess): Promise<() => string> {
  let text = '';
  await new Promise<void>((fulfil, reject) => {
    for (const stream of [npm.stdout, npm.stderr]) {
      stream?.on('data', (part) => {
        text += part;
        if (text.includes('Darkroom is ready')) fulfil();
      });
    }
    npm.once('exit', () => reject(new Error(`npm start ended before it was ready:\n${text}`)));
  });
  return () => text;
}

function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('AWS_')));
}

/** A folder below the system's temporary one, and how to remove it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'darkroom-stack-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
