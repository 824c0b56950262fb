// The stack in which faults happen: its engines in one process, functions and pollers in another as `npm start` runs
// them, and the fault proxy between the two.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ProcessGroup, startProcessGroup } from '../stack/process-group.ts';
import { freePorts, type RunningStack, startStack } from '../stack/running-stack.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { createFaultPlan, type FaultPlan } from './faults.ts';

export interface FaultyStack extends Pick<RunningStack, 'client' | 'stage'> {
  readonly plan: FaultPlan;
  readonly proxy: FaultProxy;
  /** Kills everything at once, then starts it again; faults rest meanwhile, or it might not come up. */
  killAndRestart(): Promise<void>;
  /** Kills everything for good. */
  stop(): Promise<void>;
}

const region = 'eu-central-1';
const enginesProgram = fileURLToPath(new URL('./engines-process.ts', import.meta.url));

/** @param folder for data and log */
export async function startFaultyStack(folder: string): Promise<FaultyStack> {
  const ports = await freePorts();
  const plan = createFaultPlan();
  const proxy = await startFaultProxy(ports.aws, plan);
  let groups: ProcessGroup[] = [];

  async function start(): Promise<RunningStack> {
    const engines = await startProcessGroup({
      command: [process.execPath, enginesProgram, join(folder, 'data'), String(ports.aws), region],
      env: process.env,
      readyLine: 'ready',
      logFile: join(folder, 'engines.log'),
    });
    groups = [engines];
    const stack = await startStack({ folder, ports, endpoint: proxy.endpoint });
    groups.push(stack);
    return stack;
  }

  const killAll = () => Promise.all(groups.map((group) => group.kill()));
  const { client, stage } = await start();
  return {
    ...{ plan, proxy, client, stage },
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
