// What a worker says of itself in its log, in CloudWatch's embedded metric format.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { metrics } from '../../shared/processing/measure.ts';

interface Line {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
}

/** In a process of its own: Powertools writes past whatever a test could listen to. */
function publish(): Line[] {
  const module = fileURLToPath(new URL('../../shared/lambda/metrics.ts', import.meta.url));
  const program = `
    import { createMetrics } from ${JSON.stringify(module)};
    const { measure, publish } = createMetrics('prod', 'metadata');
    measure('UnitsDone', 1);
    measure('OriginalBytesRead', 131072);
    measure('OriginalBytesRead', 2048);
    measure('UploadToReady', 730);
    publish();
    publish();`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    env: {},
  });
  const lines = stdout.trim().split('\n');
  expect({ lines: lines.length, stderr }).toEqual({ lines: 2, stderr: '' });
  return lines.map((line) => JSON.parse(line) as Line);
}

it('publishes each metric once an invocation, with its unit and what it is of', () => {
  const [ofWorker, ofStage] = publish();

  expect(ofWorker).toMatchObject({
    ...{ stage: 'prod', worker: 'metadata' },
    ...{ UnitsDone: 1, OriginalBytesRead: [131072, 2048] },
  });
  expect(ofStage).toMatchObject({ stage: 'prod', UploadToReady: 730 });
  // By no dimension more or less: an alarm that asks for others has no data for ever.
  expect([ofWorker, ofStage].map((line) => line?._aws.CloudWatchMetrics)).toEqual([
    [
      {
        Namespace: 'Darkroom',
        Dimensions: [['stage', 'worker']],
        Metrics: [
          { Name: 'UnitsDone', Unit: metrics.UnitsDone.unit },
          { Name: 'OriginalBytesRead', Unit: metrics.OriginalBytesRead.unit },
        ],
      },
    ],
    [
      {
        Namespace: 'Darkroom',
        Dimensions: [['stage']],
        Metrics: [{ Name: 'UploadToReady', Unit: metrics.UploadToReady.unit }],
      },
    ],
  ]);
});
