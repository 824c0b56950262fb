// What a worker measures goes out as one line of its log, once an invocation.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createMetrics } from '../../../shared/lambda/metrics.ts';
import { type Metric, metricUnits } from '../../../shared/processing/measure.ts';

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

it('publishes every metric with its unit, below the product’s name and the worker’s', () => {
  const { measure, publish } = createMetrics('renditions');
  const metrics = Object.keys(metricUnits) as Metric[];
  for (const metric of metrics) measure(metric, 2);

  publish();

  expect(lines).toHaveLength(1);
  const line = JSON.parse(lines[0] ?? '');
  expect(line).toMatchObject({ service: 'renditions', UnitsDone: 2, OriginalBytesRead: 2 });
  expect(line._aws.CloudWatchMetrics[0]).toMatchObject({
    Namespace: 'Darkroom',
    Metrics: [
      { Name: 'UnitsDone', Unit: 'Count' },
      { Name: 'UnitsRejected', Unit: 'Count' },
      { Name: 'UnitsFailed', Unit: 'Count' },
      { Name: 'UnitDuration', Unit: 'Milliseconds' },
      { Name: 'OriginalBytesRead', Unit: 'Bytes' },
    ],
  });
});

it('publishes what was measured once, and nothing where nothing was', () => {
  const warnings = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { measure, publish } = createMetrics('renditions');
  publish();
  expect(lines).toEqual([]);
  expect(warnings).not.toHaveBeenCalled();
  measure('UnitsDone', 1);

  publish();
  publish();

  expect(lines).toHaveLength(1);
});
