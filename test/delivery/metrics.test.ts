// What a worker says of itself in its log, in CloudWatch's embedded metric format.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { metrics } from '../../shared/processing/measure.ts';

/** In a process of its own: Powertools writes past whatever a test could listen to. */
function publish(): Record<string, unknown> {
  const module = fileURLToPath(new URL('../../shared/lambda/metrics.ts', import.meta.url));
  const program = `
    import { createMetrics } from ${JSON.stringify(module)};
    const { measure, publish } = createMetrics('prod', 'metadata');
    measure('UnitsDone', 1);
    measure('OriginalBytesRead', 131072);
    measure('OriginalBytesRead', 2048);
    publish();
    publish();`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    env: {},
  });
  const lines = stdout.trim().split('\n');
  expect({ lines: lines.length, stderr }).toEqual({ lines: 1, stderr: '' });
  return JSON.parse(lines[0] ?? '');
}

it('publishes each metric once an invocation, with its unit and the worker it is of', () => {
  const line = publish() as {
    _aws: { CloudWatchMetrics: { Namespace: string; Metrics: { Name: string; Unit: string }[] }[] };
  };
  const [directive] = line._aws.CloudWatchMetrics;
  expect(line).toMatchObject({
    ...{ stage: 'prod', worker: 'metadata' },
    ...{ UnitsDone: 1, OriginalBytesRead: [131072, 2048] },
  });
  expect(directive?.Namespace).toBe('Darkroom');
  expect(directive?.Metrics).toEqual([
    { Name: 'UnitsDone', Unit: metrics.UnitsDone.unit },
    { Name: 'OriginalBytesRead', Unit: metrics.OriginalBytesRead.unit },
  ]);
});
