// The laptop cloud in a process of its own, with packaged workers in processes of theirs: what AWS would do, and what
// the functions do, are then told apart by process.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { startLaptopCloud } from '../../local/cloud.ts';
import { compileProject } from '../../local/template/compile.ts';
import { unpackFunction } from '../unpack.ts';
import { type Instances, startInstances } from './instances.ts';

/** What the benchmark is told once everything is up. */
export interface CloudReady {
  readonly endpoint: string;
  readonly region: string;
  readonly originalsBucket: string;
  readonly imageEventsTopic: string;
  /** Process IDs of function instances. */
  readonly pids: readonly number[];
}

const workers = ['renditions', 'metadata'] as const;

const [folder = ''] = process.argv.slice(2);
const cloud = await startLaptopCloud({
  dataDir: join(folder, 'data'),
  awsPort: 0,
  service: await compileProject({ stage: 'dev' }),
});
const instances = new Map<string, Instances>();
for (const key of workers) {
  const definition = cloud.service.functions.find((one) => one.key === key);
  if (definition === undefined) throw new Error(`serverless.yml has no function ${key}`);
  const { main } = await unpackFunction(join(folder, key), definition.handler);
  const environment = { ...cloud.environmentOf(key), POWERTOOLS_DEV: 'false', LOG_LEVEL: 'ERROR' };
  instances.set(definition.name, await startInstances(main, availableParallelism(), environment));
}
cloud.pollQueues(
  (functionName, event) => {
    const pool = instances.get(functionName);
    if (pool === undefined) throw new Error(`${functionName} has no instances`);
    return pool.invoke(event);
  },
  (line) => process.stderr.write(`${line}\n`),
);
process.once('disconnect', async () => {
  await cloud.close();
  for (const pool of instances.values()) await pool.close();
  process.exit();
});
const ready: CloudReady = {
  endpoint: cloud.endpoint,
  region: cloud.region,
  originalsBucket: cloud.ref('OriginalsBucket'),
  imageEventsTopic: cloud.ref('ImageEventsTopic'),
  pids: [...instances.values()].flatMap(({ pids }) => pids),
};
process.send?.(ready);
