// What the bill takes for granted of the template is so.
import { expect, it } from 'vitest';
import { standingOf } from '../../scripts/cost/standing.ts';
import { memoryMb } from '../../scripts/cost/usage.ts';
import { metrics } from '../../shared/processing/measure.ts';
import { ofType } from './rules/rule.ts';
import { deploymentOf } from './support/deployment.ts';

it('reckons with the memory that functions have', async () => {
  const { resources } = await deploymentOf({ stage: 'prod' });
  const memoryOf = (logicalId: string) => resources.get(`${logicalId}LambdaFunction`)?.properties.MemorySize;

  expect(['Renditions', 'Metadata', 'CreateUpload', 'GetImage', 'Reconcile'].map(memoryOf)).toEqual([
    ...[memoryMb.renditions, memoryMb.metadata, memoryMb.api, memoryMb.api, memoryMb.api],
  ]);
});

it('reckons with the metrics, alarms, dashboards and secrets that a stage has', async () => {
  const { resources } = await deploymentOf({ stage: 'prod' });
  const watched = ofType(resources, 'AWS::CloudWatch::Alarm').flatMap(
    ({ properties }) =>
      properties.Metrics?.filter(({ MetricStat }: { MetricStat?: object }) => MetricStat) ?? [properties],
  );
  const ofWorkers = Object.values(metrics).filter(({ of }) => of === 'worker').length;

  expect(await standingOf('prod')).toEqual({
    customMetrics: 2 * ofWorkers + (Object.keys(metrics).length - ofWorkers),
    alarmMetrics: watched.length,
  });
  expect(ofType(resources, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
  const secrets = new Set(
    JSON.stringify([...resources.values()]).match(/\{\{resolve:secretsmanager:.*?\}\}/g),
  );
  expect(secrets.size).toBe(2);
});
