// The rules of alarms are shown to bite, and whoever is to be told is.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tasks } from '../../shared/domain/tasks.ts';
import { metrics } from '../../shared/processing/measure.ts';
import { ofType } from './rules/rule.ts';
import { alarmViolations, watchViolations } from './rules/watch.ts';
import { deploymentOf } from './support/deployment.ts';
import { findings, propertiesOf, type Spoil, setting } from './support/spoil.ts';

describe('an alarm that is gone or weaker is caught', () => {
  const untold = (what: string) => `nobody is told in time by ${what}`;

  it.each<readonly [string, Spoil]>([
    ['ReconcileRuns of prod', (resources) => delete resources['ReconcileNotRunningAlarm']],
    ['ReconcileRuns of prod', setting('ReconcileNotRunningAlarm', { TreatMissingData: 'notBreaching' })],
    ['UploadToReady of prod', setting('ReadyLateAlarm', { Threshold: 1_200_000 })],
    ['UploadToReady of prod', setting('ReadyLateAlarm', { ExtendedStatistic: 'p50' })],
    [
      '5xx of HttpApi and Count of HttpApi',
      setting('Api5xxAlarm', { ComparisonOperator: 'LessThanThreshold' }),
    ],
    ['ReconcileErrors of prod', setting('ReconcileFailingAlarm', { EvaluationPeriods: 20 })],
    [
      'NumberOfMessagesSent of darkroom-prod-rejections and NumberOfMessagesPublished of darkroom-prod-uploads',
      (resources) =>
        Object.assign(propertiesOf(resources, 'RejectionsManyAlarm').Metrics[0], {
          Expression: '0 * rejected',
        }),
    ],
    [
      'ApproximateNumberOfMessagesVisible of darkroom-prod-metadata-dlq',
      setting('MetadataDlqNotEmptyAlarm', { TreatMissingData: 'notBreaching' }),
    ],
  ])('%s', async (what, spoil) => {
    expect(await findings(watchViolations, spoil)).toEqual(what.split(' and ').map(untold));
  });

  it('whichever it is', async () => {
    const { resources } = await deploymentOf({ stage: 'prod' });
    const alarms = ofType(resources, 'AWS::CloudWatch::Alarm');
    const weaker: readonly ((properties: {
      Threshold: number;
      EvaluationPeriods: number;
      DatapointsToAlarm: number;
    }) => object)[] = [
      ({ Threshold }) => ({ Threshold: 10 * Threshold + 100 }),
      ({ Threshold }) => ({ Threshold: -Threshold - 100 }),
      ({ EvaluationPeriods }) => ({ EvaluationPeriods: 100 * EvaluationPeriods }),
      ({ DatapointsToAlarm }) => ({ DatapointsToAlarm: DatapointsToAlarm + 1 }),
      () => ({ TreatMissingData: 'missing' }),
      () => ({ ComparisonOperator: 'LessThanLowerThreshold' }),
    ];
    const unnoticed: string[] = [];
    for (const { logicalId, properties } of alarms) {
      const spoils: Spoil[] = [
        (template) => delete template[logicalId],
        ...weaker.map((changed) => setting(logicalId, changed(properties))),
      ];
      for (const [index, spoil] of spoils.entries()) {
        if ((await findings(watchViolations, spoil)).length === 0) unnoticed.push(`${logicalId}: ${index}`);
      }
    }

    expect(alarms.length).toBeGreaterThan(0);
    expect(unnoticed).toEqual([]);
  });

  it.each<readonly [string, Spoil]>([
    ['ReadyLateAlarm tells nobody', setting('ReadyLateAlarm', { AlarmActions: [] })],
    ['ReadyLateAlarm does not tell that it is over', setting('ReadyLateAlarm', { OKActions: undefined })],
    ['ReadyLateAlarm is silenced', setting('ReadyLateAlarm', { ActionsEnabled: false })],
    [
      'ReadyLateAlarm watches nothing: no function measures UploadReady',
      setting('ReadyLateAlarm', { MetricName: 'UploadReady' }),
    ],
    [
      'ReadyLateAlarm watches nothing: UploadToReady is measured by stage',
      setting('ReadyLateAlarm', { Dimensions: [{ Name: 'service', Value: 'prod' }] }),
    ],
    [
      'RenditionsErrorsAlarm watches nothing: there is no FunctionName darkroom-prod-rendition',
      setting('RenditionsErrorsAlarm', {
        Dimensions: [{ Name: 'FunctionName', Value: 'darkroom-prod-rendition' }],
      }),
    ],
    [
      'RenditionsErrorsAlarm watches nothing: AWS/Lambda has no Error',
      setting('RenditionsErrorsAlarm', { MetricName: 'Error' }),
    ],
    [
      'ReleaseErrorsAlarm tells somebody of a release',
      setting('ReleaseErrorsAlarm', { AlarmActions: [{ Ref: 'OperatorsTopic' }] }),
    ],
    [
      'Api5xxAlarm watches more than one thing',
      (resources) => {
        delete propertiesOf(resources, 'Api5xxAlarm').Metrics[1].ReturnData;
      },
    ],
  ])('%s', async (finding, spoil) => {
    expect(await findings(alarmViolations, spoil)).toEqual([finding]);
  });
});

it('more functions than an alarm can watch have several, all of one entry in the runbook', async () => {
  const { alarmTable } = await import(new URL('../../resources/alarm-table.js', import.meta.url).href);
  const api = Array.from({ length: 23 }, (_, index) => `function${index}`);

  const table: { name: string; entry?: string; metrics: object }[] = alarmTable({
    ...{ prefix: 'darkroom-prod', stage: 'prod', api, workers: [], released: [] },
  });

  const throttles = table.filter(({ entry }) => entry === 'api-throttles');
  expect(throttles.map(({ name }) => name)).toEqual(['api-throttles', 'api-throttles-2', 'api-throttles-3']);
  expect(throttles.map(({ metrics: watched }) => Object.keys(watched).length)).toEqual([10, 10, 3]);
});

describe('whoever is to be told', () => {
  it('is subscribed to the operators’ topic by the address of the stage', async () => {
    const params = { alarmEmail: 'night@photos.example' };
    const { resources } = await deploymentOf({ stage: 'prod', params });

    expect(resources.get('OperatorsEmail')?.properties).toEqual({
      TopicArn: resources.get('OperatorsTopic')?.arn,
      Protocol: 'email',
      Endpoint: 'night@photos.example',
    });
  });

  it('is nobody where there is no address', async () => {
    const { resources } = await deploymentOf({ stage: 'prod' });

    expect(resources.has('OperatorsEmail')).toBe(false);
  });
});

it('the operations guide counts the metrics and alarms that a stage pays for', async () => {
  const guide = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const custom = Object.values(metrics).reduce(
    (sum, { of }) => sum + (of === 'worker' ? tasks.length : 1),
    0,
  );
  const { resources } = await deploymentOf({ stage: 'prod' });
  const alarms = ofType(resources, 'AWS::CloudWatch::Alarm');
  const watched = alarms.flatMap(({ properties }) =>
    properties.Metrics
      ? properties.Metrics.filter(({ MetricStat }: { MetricStat?: object }) => MetricStat)
      : [properties],
  );

  expect(guide).toContain(`${custom} custom metrics`);
  expect(guide).toContain(`${alarms.length} alarms over ${watched.length} metrics`);
});
