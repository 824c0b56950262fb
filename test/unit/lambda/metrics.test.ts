// What a worker measures goes out as one line of its log, once an invocation.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createMetrics } from '../../../shared/lambda/metrics.ts';
import { type Metric, metrics } from '../../../shared/processing/measure.ts';

let lines: string[];

beforeEach(() => {
  // Otherwise Powertools writes past this console, or not at all.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  lines = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    lines.push(line);
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it('publishes every metric with its unit, a worker’s own by stage and worker, the others by stage alone', () => {
  const { measure, publish } = createMetrics('prod', 'renditions');
  for (const metric of Object.keys(metrics) as Metric[]) measure(metric, 2);

  publish();

  expect(lines).toHaveLength(2);
  const [ofWorker, ofStage] = lines.map((line) => JSON.parse(line));
  expect(ofWorker).toMatchObject({ stage: 'prod', worker: 'renditions', UnitsDone: 2, OriginalBytesRead: 2 });
  expect(ofWorker._aws.CloudWatchMetrics).toEqual([
    {
      Namespace: 'Darkroom',
      Dimensions: [['stage', 'worker']],
      Metrics: [
        { Name: 'UnitsDone', Unit: 'Count' },
        { Name: 'UnitsRejected', Unit: 'Count' },
        { Name: 'UnitsFailed', Unit: 'Count' },
        { Name: 'UnitsRetried', Unit: 'Count' },
        { Name: 'UnitDuration', Unit: 'Milliseconds' },
        { Name: 'FetchDuration', Unit: 'Milliseconds' },
        { Name: 'DevelopDuration', Unit: 'Milliseconds' },
        { Name: 'StoreDuration', Unit: 'Milliseconds' },
        { Name: 'OriginalBytesRead', Unit: 'Bytes' },
      ],
    },
  ]);
  expect(ofStage).toMatchObject({ stage: 'prod', UploadToReady: 2, ReconcileRuns: 2 });
  expect(ofStage._aws.CloudWatchMetrics).toEqual([
    {
      Namespace: 'Darkroom',
      Dimensions: [['stage']],
      Metrics: [
        { Name: 'UploadToReady', Unit: 'Milliseconds' },
        { Name: 'ReconcileRuns', Unit: 'Count' },
        { Name: 'ReconcileSettled', Unit: 'Count' },
        { Name: 'ReconcileRepublished', Unit: 'Count' },
        { Name: 'ReconcileAbandoned', Unit: 'Count' },
        { Name: 'ReconcileErrors', Unit: 'Count' },
      ],
    },
  ]);
});

it('publishes what was measured once, and nothing where nothing was', () => {
  const warnings = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { measure, publish } = createMetrics('prod', 'renditions');
  publish();
  expect(lines).toEqual([]);
  expect(warnings).not.toHaveBeenCalled();
  measure('UnitsDone', 1);

  publish();
  publish();

  expect(lines).toHaveLength(1);
});
