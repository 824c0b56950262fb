// Batch size, deadlines, time-outs, retries, retention and concurrency add up: files that each take all the time they may
// have, one after another, end before the function does, and whatever is retried ends before it is forgotten.

import { expect, it } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import { namesIn } from '../../scripts/local/template/references.ts';
import { tombstoneOf } from '../../shared/aws/tombstone.ts';
import { renderDeadlineMs } from '../../shared/imaging/engine.ts';
import { readDeadlineMs } from '../../shared/imaging/metadata-engine.ts';
import { backoffSeconds } from '../../shared/lambda/backoff.ts';
import { leaseMilliseconds } from '../../shared/processing/change-charge.ts';
import { withKeys } from '../support/delivery-keys.ts';
import { resolveTemplate, withFunctions } from './support/resolved-template.ts';

/** Fetching, storing, settling, and starting a process anew after each one that was killed. */
const overheadMs = 10_000;

const deadlines = { renditions: renderDeadlineMs, metadata: readDeadlineMs } as const;

/** What the template says of a worker, which has one process at least. */
async function workerOf(stage: string, key: keyof typeof deadlines) {
  const { functions, template } = await compileProject({ stage, params: withKeys() });
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
    const { functions } = await compileProject({ stage, params: withKeys() });
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

const stages = ['dev', 'test', 'prod'] as const;

/** What the template and a worker's environment say of retries. */
async function retriesOf(stage: string) {
  const service = await compileProject({ stage, params: withKeys() });
  const resources = [...resolveTemplate(withFunctions(service)).values()];
  const queues = resources.filter(({ type }) => type === 'AWS::SQS::Queue');
  const read = queues.filter(({ properties }) => properties.RedrivePolicy !== undefined);
  const environment = service.functions.find(({ key }) => key === 'renditions')?.environment ?? {};
  const mappings = resources.filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping');
  return {
    service,
    receives: Number(environment['MAX_RECEIVE_COUNT']),
    believedVisibilitySeconds: Number(environment['VISIBILITY_TIMEOUT_SECONDS']),
    backoffBaseSeconds: Number(environment['RETRY_BACKOFF_BASE_SECONDS']),
    visibilitySeconds: read.map(({ properties }) => Number(properties.VisibilityTimeout)),
    receiveCounts: read.map(({ properties }) => Number(properties.RedrivePolicy.maxReceiveCount)),
    retentionSeconds: read.map(({ properties }) => Number(properties.MessageRetentionPeriod)),
    longestRetentionSeconds: Math.max(...queues.map(({ properties }) => properties.MessageRetentionPeriod)),
    concurrency: mappings.map(({ properties }) => Number(properties.ScalingConfig?.MaximumConcurrency)),
  };
}

it.each(stages)('in stage %s, workers believe of their queues what is so', async (stage) => {
  const { receives, believedVisibilitySeconds, visibilitySeconds, receiveCounts } = await retriesOf(stage);

  expect(new Set(visibilitySeconds)).toEqual(new Set([believedVisibilitySeconds]));
  expect(new Set(receiveCounts)).toEqual(new Set([receives]));
});

it.each(stages)('in stage %s, no message rests for longer than its record expects', async (stage) => {
  const { receives, believedVisibilitySeconds, backoffBaseSeconds } = await retriesOf(stage);
  const longest = Math.max(
    ...Array.from({ length: receives - 1 }, (_, index) => backoffSeconds(index + 1, backoffBaseSeconds, 1)),
  );

  expect(longest).toBeLessThanOrEqual(believedVisibilitySeconds);
});

it.each(stages)('in stage %s, no message is forgotten before its retries have ended', async (stage) => {
  const { receives, believedVisibilitySeconds, retentionSeconds } = await retriesOf(stage);

  for (const retention of retentionSeconds)
    expect(receives * believedVisibilitySeconds).toBeLessThan(retention / 10);
});

it.each(stages)('in stage %s, a tombstone outlives a message and two redrives of it', async (stage) => {
  const { longestRetentionSeconds, retentionSeconds } = await retriesOf(stage);
  const now = new Date();
  const { expiresAtSeconds } = tombstoneOf('image', now).set as { expiresAtSeconds: number };
  const oneRound = Math.max(...retentionSeconds) + longestRetentionSeconds;

  expect(expiresAtSeconds - now.getTime() / 1000).toBeGreaterThan(3 * oneRound);
});

it.each(stages)(
  'in stage %s, whoever answers a request does so before API Gateway gives up',
  async (stage) => {
    const { functions, template } = (await retriesOf(stage)).service;
    const invoked = Object.values(template.Resources)
      .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Integration')
      .flatMap(({ Properties }) => namesIn(Properties?.['IntegrationUri']))
      .flatMap((alias) => namesIn(template.Resources[alias]?.Properties));
    const answering = functions.filter(({ logicalId }) => invoked.includes(logicalId));

    expect(answering.length).toBeGreaterThanOrEqual(8);
    for (const { key, timeoutSeconds } of answering) expect(timeoutSeconds, key).toBeLessThan(30);
  },
);

it('in stage dev, workers leave half of what a new account may run at the same time to the others', async () => {
  const { concurrency } = await retriesOf('dev');

  expect(concurrency).toHaveLength(2);
  for (const one of concurrency) expect(one).toBeGreaterThanOrEqual(2);
  expect(concurrency.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(10 / 2);
});

it('in stage prod, workers leave nine tenths of what an account may run at the same time to the others', async () => {
  const { concurrency } = await retriesOf('prod');

  expect(concurrency.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1000 / 10);
});
