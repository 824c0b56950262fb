// The dashboard shows what there is: every line of it has data once something happens, and every step of the pipeline a place.
import { flawOf, type NamedMetric } from './known-metrics.ts';
import { ofType, type Resources } from './rule.ts';

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly properties: {
    readonly title: string;
    readonly region: string;
    readonly metrics?: readonly (readonly unknown[])[];
    /** Of Logs Insights. */
    readonly query?: string;
  };
}

/** Steps of the pipeline from left to right: each has a metric in the first row, further right than the step before. */
const steps: readonly (readonly [namespace: string, metric: string, subject: string])[] = [
  ['AWS/ApiGateway', 'Count', 'HttpApi'],
  ['AWS/SNS', 'NumberOfMessagesPublished', 'UploadsTopic'],
  ['AWS/SQS', 'ApproximateAgeOfOldestMessage', 'RenditionsQueue'],
  ['Darkroom', 'UnitsDone', 'RenditionsLambdaFunction'],
  ['AWS/DynamoDB', 'ConsumedWriteCapacityUnits', 'ImagesTable'],
  ['AWS/SNS', 'NumberOfMessagesPublished', 'ImageEventsTopic'],
];

export const dashboardViolations = (resources: Resources): string[] => {
  const widgets = widgetsOf(resources);
  if (widgets.length === 0) return ['there is no dashboard'];
  const flaws = widgets.flatMap(({ properties }) =>
    flawsOf(properties, resources).map((flaw) => `"${properties.title}" shows nothing: ${flaw}`),
  );
  const wide = widgets.filter(({ x, width }) => x + width > 24).map(({ properties }) => properties.title);
  const overlapping = new Set(widgets.map(({ x, y }) => `${x},${y}`)).size < widgets.length;
  return [
    ...flaws,
    ...wide.map((title) => `"${title}" is beyond the right edge`),
    ...(overlapping ? ['widgets lie on one another'] : []),
    ...disorder(widgets, resources),
  ];
};

function flawsOf({ metrics, query = '' }: Widget['properties'], resources: Resources): string[] {
  const flaws = metricsOf(metrics).map((metric) => flawOf(metric, resources));
  const groups = ofType(resources, 'AWS::Logs::LogGroup').map(({ name }) => name);
  const asked = [...query.matchAll(/SOURCE '([^']+)'/g)].map(([, group = '']) => group);
  return [
    ...flaws.filter((flaw) => flaw !== undefined),
    ...asked.filter((group) => !groups.includes(group)).map((group) => `there is no log group ${group}`),
    ...(metrics === undefined && asked.length === 0 ? ['it asks for nothing'] : []),
  ];
}

function widgetsOf(resources: Resources): Widget[] {
  return ofType(resources, 'AWS::CloudWatch::Dashboard').flatMap(
    ({ properties }) => JSON.parse(properties.DashboardBody).widgets as Widget[],
  );
}

function disorder(widgets: readonly Widget[], resources: Resources): string[] {
  const columns = steps.map(([namespace, name, logicalId]) => {
    const subject = resources.get(logicalId);
    const shown = widgets.find(
      ({ y, properties }) =>
        y === 0 &&
        metricsOf(properties.metrics).some(
          (metric) =>
            metric.namespace === namespace &&
            metric.name === name &&
            (namespace === 'Darkroom' || Object.values(metric.dimensions).includes(subject?.name ?? '')),
        ),
    );
    return { logicalId, x: shown?.x ?? -1 };
  });
  return columns.flatMap(({ logicalId, x }, index) =>
    x > (columns[index - 1]?.x ?? -1) ? [] : [`${logicalId} does not stand behind what comes before it`],
  );
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
function metricsOf(lines: Widget['properties']['metrics'] = []): NamedMetric[] {
  return lines.map((line) => {
    const [namespace = '', name = '', ...words] = line.filter((word) => typeof word === 'string');
    const dimensions = Object.fromEntries(
      words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? '']] : [])),
    );
    return { namespace, name, dimensions };
  });
}
