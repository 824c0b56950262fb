// Batch size, deadlines and time-outs add up: files that each take all the time they may have, one after another, end
// before the function does, so that none of them costs another a receive.

import { expect, it } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import { renderDeadlineMs } from '../../shared/imaging/engine.ts';
import { readDeadlineMs } from '../../shared/imaging/metadata-engine.ts';
import { leaseMilliseconds } from '../../shared/processing/change-charge.ts';

/** Fetching, storing, settling, and starting a process anew after each one that was killed. */
const overheadMs = 10_000;

const deadlines = { renditions: renderDeadlineMs, metadata: readDeadlineMs } as const;

/** What the template says of a worker, which has one process at least. */
async function workerOf(stage: string, key: keyof typeof deadlines) {
  const { functions, template } = await compileProject({ stage });
  const worker = functions.find((one) => one.key === key);
  const mapping = Object.entries(template.Resources).find(
    ([id, { Type }]) => Type === 'AWS::Lambda::EventSourceMapping' && id.toLowerCase().startsWith(key),
  );
  return {
    timeoutMs: (worker?.timeoutSeconds ?? 0) * 1000,
    batchSize: Number(mapping?.[1].Properties?.['BatchSize']),
  };
}

it.each(['dev', 'test', 'prod'])(
  'in stage %s, no function runs for as long as a change of charge is its own',
  async (stage) => {
    const { functions } = await compileProject({ stage });
    const longestMs = Math.max(...functions.map(({ timeoutSeconds }) => timeoutSeconds * 1000));

    expect(longestMs).toBeLessThan(leaseMilliseconds);
  },
);

it.each([
  ['dev', 'renditions'],
  ['dev', 'metadata'],
  ['prod', 'renditions'],
  ['prod', 'metadata'],
] as const)('in stage %s, a batch of the slowest files ends within the time of %s', async (stage, key) => {
  const { timeoutMs, batchSize } = await workerOf(stage, key);

  expect(batchSize * deadlines[key] + overheadMs).toBeLessThanOrEqual(timeoutMs);
});
