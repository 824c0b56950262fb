// The whole stack for chaos: engines in one process, functions and pollers in another as `npm start` runs them, and the
// fault proxy between the two. Ports and folder are its own.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { localCredentials } from '../local/credentials.ts';
import { loopbackHost, probePort } from '../local/settings.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { createFaultPlan, type FaultPlan } from './faults.ts';
import { type ProcessGroup, startGroup } from './process-group.ts';

export interface Stack {
  /** The engines themselves, where no fault happens. */
  readonly endpoint: string;
  readonly api: string;
  readonly plan: FaultPlan;
  readonly proxy: FaultProxy;
  /** Kills everything at once, then starts it again; faults rest meanwhile, or it might not come up. */
  killAndRestart(): Promise<void>;
  /** Kills everything for good. */
  stop(): Promise<void>;
}

const stage = 'test';
const region = 'eu-central-1';
const root = fileURLToPath(new URL('../..', import.meta.url));
const engines = fileURLToPath(new URL('./engines.ts', import.meta.url));
const serverless = join(root, 'node_modules', 'serverless', 'bin', 'serverless.js');

export async function startStack(folder: string): Promise<Stack> {
  const enginesPort = await probePort();
  const apiPort = await probePort();
  const plan = createFaultPlan();
  const proxy = await startFaultProxy(enginesPort, plan);
  const logFile = join(folder, 'stack.log');
  let groups: ProcessGroup[] = [];

  async function start(): Promise<void> {
    const { AWS_PROFILE: _profile, AWS_SESSION_TOKEN: _token, ...env } = process.env;
    const dataDir = join(folder, 'data');
    groups = [
      await startGroup({
        args: [engines, dataDir, String(enginesPort), region],
        ...{ env, logFile, readyWhen: /ready/ },
      }),
    ];
    groups.push(
      await startGroup({
        args: [serverless, 'offline', 'start', '--stage', stage],
        env: {
          ...env,
          AWS_ENDPOINT_URL: proxy.endpoint,
          AWS_REGION: region,
          AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
          DARKROOM_API_PORT: String(apiPort),
          DARKROOM_AWS_PORT: String(enginesPort),
          DARKROOM_DATA_DIR: dataDir,
        },
        ...{ logFile, readyWhen: /Darkroom is ready/ },
      }),
    );
  }

  const killAll = () => Promise.all(groups.map((group) => group.kill()));
  await start();
  return {
    ...{ plan, proxy },
    endpoint: `http://${loopbackHost}:${enginesPort}`,
    api: `http://${loopbackHost}:${apiPort}`,
    async killAndRestart() {
      const wasOn = plan.isOn;
      plan.isOn = false;
      await killAll();
      await start();
      plan.isOn = wasOn;
    },
    async stop() {
      await killAll();
      await proxy.close();
    },
  };
}
