// Nothing stops, slows down or fails for long without somebody being told: what must ring is written down here once more, apart
// from the table that the alarms are made from, and an alarm that is later, deafer or takes silence for health is caught.
import { list } from '../support/policies.ts';
import { flawOf, type NamedMetric } from './known-metrics.ts';
import { type Deployment, ofType, type Resources } from './rule.ts';

interface Watched {
  readonly metric: string;
  /** The value of the dimension that tells whose metric it is. */
  readonly of: string;
  readonly statistic: string;
  readonly comparison: 'GreaterThanThreshold' | 'LessThanThreshold';
  /** Of the metric, or of the expression that it is part of. */
  readonly threshold: number;
  /** Where the metric is looked at through one. */
  readonly expression?: string;
  /** How many of how many periods are bad until somebody is told: sooner, and an accident rings; later, and nobody believes it. */
  readonly bad: readonly [periods: number, of: number];
  /** All of these periods together. */
  readonly withinSeconds: number;
  readonly silence: 'notBreaching' | 'breaching' | 'ignore';
}

const above = 'GreaterThanThreshold';
const once = [1, 1] as const;
const twice = [2, 3] as const;
const always = [3, 3] as const;

function mustRing(resources: Resources, stage: string): Watched[] {
  const nameOf = (logicalId: string) => resources.get(logicalId)?.name ?? logicalId;
  const functions = ofType(resources, 'AWS::Lambda::Function').map(
    ({ properties }) => properties.FunctionName as string,
  );
  const named = (...names: readonly string[]) =>
    functions.filter((name) => names.some((one) => name.endsWith(`-${one}`)));
  const workers = named('renditions', 'metadata');
  const api = functions.filter((name) => !workers.includes(name) && !name.endsWith('-reconcile'));
  const counted = {
    ...({ statistic: 'Sum', comparison: above, threshold: 0, silence: 'notBreaching' } as const),
    bad: once,
  };
  const own = { ...counted, of: stage };
  return [
    ...(ofType(resources, 'AWS::CodeDeploy::Application').length > 0 ? mustTakeBack(functions) : []),
    ...workers.map((of) => ({ ...counted, metric: 'Errors', of, bad: twice, withinSeconds: 900 })),
    ...workers.map((of) => ({ ...counted, metric: 'Throttles', of, bad: always, withinSeconds: 900 })),
    ...api.map((of) => ({
      ...counted,
      metric: 'Throttles',
      of,
      expression: 'SUM(METRICS())',
      ...{ bad: twice, withinSeconds: 900 },
    })),
    ...named('createUpload', 'listImages', 'getRendition').map((of) => ({
      ...{ ...counted, metric: 'Duration', of, statistic: 'p99', threshold: 2000, withinSeconds: 900 },
      ...{ expression: 'MAX(METRICS())', bad: always },
    })),
    ...['RenditionsQueue', 'MetadataQueue'].map((queue) => ({
      ...{ ...counted, metric: 'ApproximateAgeOfOldestMessage', of: nameOf(queue), statistic: 'Maximum' },
      ...{ threshold: 600, bad: always, withinSeconds: 180 },
    })),
    ...['RenditionsDeadLetterQueue', 'MetadataDeadLetterQueue'].map((queue) => ({
      ...{
        ...counted,
        metric: 'ApproximateNumberOfMessagesVisible',
        of: nameOf(queue),
        statistic: 'Maximum',
      },
      ...{ withinSeconds: 60, silence: 'ignore' as const },
    })),
    ...['ReadThrottleEvents', 'WriteThrottleEvents'].flatMap((metric) =>
      [nameOf('ImagesTable'), 'byOwner', 'byOverdue'].map((of) => ({
        ...{ ...counted, metric, of, threshold: 10, bad: twice, withinSeconds: 900 },
        // Filled, or the alarm would not end: CloudWatch keeps its state while DynamoDB has nothing to say.
        expression: 'SUM(FILL(METRICS(), 0))',
      })),
    ),
    ...['5xx', 'Count'].map((metric) => ({
      ...{ ...counted, metric, of: nameOf('HttpApi'), threshold: 1, bad: twice, withinSeconds: 900 },
      expression: '100 * errors / requests',
    })),
    ...[
      ['NumberOfMessagesSent', 'RejectionsQueue'],
      ['NumberOfMessagesPublished', 'UploadsTopic'],
    ].map(([metric = '', of = '']) => ({
      ...{ ...counted, metric, of: nameOf(of), threshold: 25, withinSeconds: 900 },
      expression: 'IF(rejected >= 20, 100 * rejected / uploads, 0)',
    })),
    {
      ...{ ...own, metric: 'UploadToReady', statistic: 'p99', threshold: 120_000 },
      ...{ bad: always, withinSeconds: 900 },
    },
    { ...own, metric: 'ReconcileRepublished', withinSeconds: 900 },
    { ...own, metric: 'ReconcileAbandoned', withinSeconds: 900 },
    { ...own, metric: 'ReconcileErrors', bad: [2, 2], withinSeconds: 3600 },
    {
      ...{ ...own, metric: 'ReconcileRuns', comparison: 'LessThanThreshold', threshold: 1 },
      ...{ withinSeconds: 900, silence: 'breaching' },
    },
    {
      ...{ ...counted, metric: 'NumberOfNotificationsFailedToRedriveToDlq', of: nameOf('UploadsTopic') },
      withinSeconds: 300,
    },
  ];
}

/** What takes a release back, before the next step of it. */
function mustTakeBack(functions: readonly string[]): Watched[] {
  const soon = {
    ...({ comparison: above, statistic: 'Sum', silence: 'notBreaching' } as const),
    ...{ bad: once, withinSeconds: 60 },
  };
  const summed = { ...soon, expression: 'SUM(METRICS())' } as const;
  return [
    ...functions.map((name) => ({ ...summed, metric: 'Errors', of: `${name}:live`, threshold: 0 })),
    ...['UnitsRetried', 'UnitsFailed'].flatMap((metric) =>
      ['renditions', 'metadata'].map((of) => ({ ...summed, metric, of, threshold: 2 })),
    ),
    { ...soon, metric: '5xx', of: 'HttpApi', threshold: 2 },
  ];
}

/** Everything that must wake somebody does, in time. */
export const watchViolations = (resources: Resources, { stage }: Deployment): string[] => {
  const alarms = ofType(resources, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties);
  return mustRing(resources, stage).flatMap((watched) => {
    const rings = alarms.some(
      (alarm) =>
        readingsOf(alarm).some(
          ({ name, dimensions, statistic }) =>
            name === watched.metric &&
            statistic === watched.statistic &&
            Object.values(dimensions).at(-1) === watched.of,
        ) &&
        alarm.ComparisonOperator === watched.comparison &&
        alarm.Threshold === watched.threshold &&
        expressionOf(alarm) === watched.expression &&
        alarm.TreatMissingData === watched.silence &&
        [alarm.DatapointsToAlarm, alarm.EvaluationPeriods].join() === watched.bad.join() &&
        alarm.EvaluationPeriods * periodOf(alarm) === watched.withinSeconds,
    );
    return rings ? [] : [`nobody is told in time by ${watched.metric} of ${watched.of}`];
  });
};

/**
 * An alarm watches what there is, by an expression over what it names, and tells when it begins and when it is over. What looks
 * at a minute is a release's alone, and tells nobody.
 */
export const alarmViolations = (resources: Resources): string[] => {
  const ofReleases = ofType(resources, 'AWS::CodeDeploy::DeploymentGroup').flatMap(({ properties }) =>
    list<{ Name: string }>(properties.AlarmConfiguration?.Alarms).map(({ Name }) => Name),
  );
  return ofType(resources, 'AWS::CloudWatch::Alarm').flatMap(({ logicalId, name, properties }) => {
    const isReleases = /-release-/.test(name) && ofReleases.includes(name);
    const tells = (whom: unknown) => list(whom as string[]).length > 0 !== isReleases;
    const flaws = readingsOf(properties).map((metric) => flawOf(metric, resources));
    const expression = list<{ Expression?: string; ReturnData?: boolean }>(properties.Metrics).filter(
      ({ ReturnData }) => ReturnData !== false,
    );
    return [
      ...flaws.filter((flaw) => flaw !== undefined).map((flaw) => `${logicalId} watches nothing: ${flaw}`),
      ...(properties.Metrics && expression.length !== 1 ? [`${logicalId} watches more than one thing`] : []),
      ...(tells(properties.AlarmActions)
        ? []
        : [`${logicalId} tells ${isReleases ? 'somebody of a release' : 'nobody'}`]),
      ...(tells(properties.OKActions) ? [] : [`${logicalId} does not tell that it is over`]),
      ...(properties.ActionsEnabled === false ? [`${logicalId} is silenced`] : []),
    ];
  });
};

type Reading = NamedMetric & { readonly statistic: string };

// biome-ignore lint/suspicious/noExplicitAny: properties are as many shapes as there are resource types
function readingsOf(alarm: any): Reading[] {
  if (alarm.Metrics === undefined) return [reading(alarm, alarm.Statistic ?? alarm.ExtendedStatistic)];
  return alarm.Metrics.flatMap(({ MetricStat }: { MetricStat?: { Metric: object; Stat: string } }) =>
    MetricStat ? [reading(MetricStat.Metric, MetricStat.Stat)] : [],
  );
}

// biome-ignore lint/suspicious/noExplicitAny: properties are as many shapes as there are resource types
function reading({ Namespace, MetricName, Dimensions }: any, statistic: string): Reading {
  const named = list<{ Name: string; Value: string }>(Dimensions).map(
    ({ Name, Value }) => [Name, Value] as const,
  );
  return { namespace: Namespace, name: MetricName, dimensions: Object.fromEntries(named), statistic };
}

// biome-ignore lint/suspicious/noExplicitAny: properties are as many shapes as there are resource types
function expressionOf(alarm: any): string | undefined {
  return list<{ Expression?: string }>(alarm.Metrics).find(({ Expression }) => Expression !== undefined)
    ?.Expression;
}

// biome-ignore lint/suspicious/noExplicitAny: properties are as many shapes as there are resource types
function periodOf(alarm: any): number {
  const periods = list<{ MetricStat?: { Period: number } }>(alarm.Metrics).flatMap(
    ({ MetricStat }) => MetricStat?.Period ?? [],
  );
  // An expression over other periods than its own has gaps.
  return alarm.Period ?? (new Set(periods).size === 1 ? Number(periods[0]) : Number.NaN);
}
