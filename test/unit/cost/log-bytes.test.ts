// What an image leaves in the log is no more than the bill reckons with.

import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { assumed } from '../../../scripts/cost/usage.ts';
import type { Task } from '../../../shared/domain/tasks.ts';
import { createMetrics } from '../../../shared/lambda/metrics.ts';
import type { Step } from '../../../shared/processing/journal.ts';
import type { Metric } from '../../../shared/processing/measure.ts';
import { acknowledge, createBoundary } from '../support/sqs-boundary.ts';

let lines: string[];

beforeEach(() => {
  // Otherwise Powertools writes past this console.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  lines = [];
  for (const method of ['log', 'info'] as const) {
    vi.spyOn(console, method).mockImplementation((line: string) => {
      // For people, it is indented.
      lines.push(JSON.stringify(JSON.parse(line)));
    });
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const ofUnit: readonly Metric[] = ['UnitsDone', 'UnitDuration', 'DevelopDuration', 'OriginalBytesRead'];

/** Bytes that a worker logs of an image, in an invocation of its own. */
async function logged(task: Task, steps: readonly Step[], more: readonly Metric[]): Promise<number> {
  lines = [];
  const metrics = createMetrics('prod', task);
  const { handle } = createBoundary(
    async (_event, _delivery, journal) => {
      for (const step of steps) await journal?.time(step, async () => {});
      journal?.note({ outcome: 'done', bytes: 4_167_727, uploadRequestId: 'JKJaXmPLvHcESHA=' });
      for (const metric of [...ofUnit, ...more]) metrics.measure(metric, 1234);
      return acknowledge;
    },
    { logger: new Logger({ serviceName: task }), metrics, task },
  );
  await handle([{ messageId: randomUUID() }]);
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

it('an image leaves about as many bytes in the logs of both workers as the bill reckons with, and no more', async () => {
  const renditions = await logged(
    'renditions',
    ['claim', 'fetch', 'develop', 'store', 'settle', 'announce'],
    ['FetchDuration', 'StoreDuration', 'UploadToReady'],
  );
  const metadata = await logged('metadata', ['claim', 'develop', 'settle', 'announce'], []);

  const reckoned = 2 * assumed.logBytes.worker;
  expect(renditions + metadata).toBeLessThanOrEqual(reckoned);
  expect(renditions + metadata).toBeGreaterThan(0.95 * reckoned);
});
