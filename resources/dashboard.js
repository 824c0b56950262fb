// The dashboard: the pipeline from left to right, a column a step, and below it where what went wrong ends up.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
import { ofApi, ofFunction, ofQueue, ofStage, ofTable, ofTopic, ofWorker } from './metrics.js';
import { logicalId, prefixOf, workload } from './workload.js';

const minute = 60;
/** A dashboard is 24 units wide. */
const columns = 6;
const width = 24 / columns;
const height = 6;

export async function dashboard(variables) {
  const prefix = await prefixOf(variables);
  const stage = await variables.resolveVariable('sls:stage');
  const rows = layout({ prefix, stage, ...(await workload(variables)) });
  const widgets = rows.flatMap((row, y) =>
    row.map((widget, x) => ({ ...widget, x: x * width, y: y * height, width, height })),
  );
  return {
    Resources: {
      Dashboard: {
        Type: 'AWS::CloudWatch::Dashboard',
        Properties: {
          // Dashboards are of no region: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html
          DashboardName: { 'Fn::Sub': `${prefix}-\${AWS::Region}` },
          DashboardBody: { 'Fn::Sub': JSON.stringify({ start: '-PT3H', widgets }) },
        },
      },
    },
  };
}

const layout = ({ prefix, stage, api, workers }) => {
  const ofEach = (metric) => workers.map((worker) => [metric(worker), worker]);
  const queue = (worker) => logicalId(worker, 'queue');
  const deadLetters = (worker) => logicalId(worker, 'dead-letter-queue');
  const arrives = [
    graph('API: requests', 'Sum', [
      [ofApi('Count'), 'all'],
      [ofApi('4xx'), '4xx'],
      [ofApi('5xx'), '5xx'],
    ]),
    graph('Uploads topic: events of originals', 'Sum', [
      [ofTopic('UploadsTopic', 'NumberOfMessagesPublished'), 'published'],
      [ofTopic('UploadsTopic', 'NumberOfNotificationsDelivered'), 'delivered'],
      [ofTopic('UploadsTopic', 'NumberOfNotificationsFailed'), 'failed'],
    ]),
    graph(
      'Queues: oldest message, seconds',
      'Maximum',
      ofEach((worker) => ofQueue(queue(worker), 'ApproximateAgeOfOldestMessage')),
    ),
    graph(
      'Workers: units done',
      'Sum',
      ofEach((worker) => ofWorker(stage, worker, 'UnitsDone')),
    ),
    graph('Table: units consumed', 'Sum', [
      [ofTable('ConsumedReadCapacityUnits'), 'reads'],
      [ofTable('ConsumedWriteCapacityUnits'), 'writes'],
    ]),
    graph('Image events', 'Sum', [
      [ofTopic('ImageEventsTopic', 'NumberOfMessagesPublished'), 'published'],
      [ofTopic('ImageEventsTopic', 'NumberOfNotificationsFailed'), 'failed'],
    ]),
  ];
  const howFast = [
    graph(
      'API: milliseconds of createUpload',
      ['p50', 'p99'],
      [[ofFunction(prefix, 'createUpload', 'Duration'), '']],
    ),
    graph(
      'Originals: bytes read',
      'Sum',
      ofEach((worker) => ofWorker(stage, worker, 'OriginalBytesRead')),
    ),
    graph(
      'Queues: messages waiting',
      'Maximum',
      ofEach((worker) => ofQueue(queue(worker), 'ApproximateNumberOfMessagesVisible')),
    ),
    graph(
      'Workers: milliseconds a unit',
      ['p50', 'p99'],
      ofEach((worker) => ofWorker(stage, worker, 'UnitDuration')),
    ),
    graph(
      'Workers: functions at the same time',
      'Maximum',
      ofEach((worker) => ofFunction(prefix, worker, 'ConcurrentExecutions')),
    ),
    graph('Upload to ready, milliseconds', ['p50', 'p99'], [[ofStage(stage, 'UploadToReady'), '']]),
  ];
  const whatFails = [
    graph(
      'API: calls refused by Lambda',
      'Sum',
      api.map((name) => [ofFunction(prefix, name, 'Throttles'), name]),
    ),
    graph('Reconciling', 'Sum', [
      [ofStage(stage, 'ReconcileRuns'), 'runs'],
      [ofStage(stage, 'ReconcileSettled'), 'settled'],
      [ofStage(stage, 'ReconcileRepublished'), 'republished'],
      [ofStage(stage, 'ReconcileAbandoned'), 'abandoned'],
      [ofStage(stage, 'ReconcileErrors'), 'errors'],
    ]),
    graph('DLQs and rejections: messages', 'Maximum', [
      ...ofEach((worker) => ofQueue(deadLetters(worker), 'ApproximateNumberOfMessagesVisible')),
      [ofQueue('RejectionsQueue', 'ApproximateNumberOfMessagesVisible'), 'rejections'],
    ]),
    graph('Workers: units that ended otherwise', 'Sum', [
      ...workers.map((worker) => [ofWorker(stage, worker, 'UnitsRejected'), `${worker} rejected`]),
      ...workers.map((worker) => [ofWorker(stage, worker, 'UnitsRetried'), `${worker} retried`]),
      ...workers.map((worker) => [ofWorker(stage, worker, 'UnitsFailed'), `${worker} failed`]),
    ]),
    graph('Workers: crashes and refusals', 'Sum', [
      ...workers.map((worker) => [ofFunction(prefix, worker, 'Errors'), `${worker} crashed`]),
      ...workers.map((worker) => [ofFunction(prefix, worker, 'Throttles'), `${worker} throttled`]),
    ]),
    graph('Table: throttled', 'Sum', [
      [ofTable('ReadThrottleEvents'), 'reads'],
      [ofTable('WriteThrottleEvents'), 'writes'],
    ]),
  ];
  const closer = [
    graph(
      'Workers: milliseconds of each step',
      'p50',
      [
        ...[
          ['renditions', 'FetchDuration', 'fetch'],
          ['renditions', 'DevelopDuration', 'render'],
        ],
        ...[
          ['renditions', 'StoreDuration', 'store'],
          ['metadata', 'DevelopDuration', 'read metadata'],
        ],
      ].map(([worker, metric, label]) => [ofWorker(stage, worker, metric), label]),
    ),
    table('Files at fault, by code', workers, prefix, [
      "filter message = 'image handled' and outcome = 'rejected'",
      'stats count(*) as images by code',
      'sort images desc',
    ]),
    table('The slowest images', workers, prefix, [
      "filter message = 'image handled' and outcome = 'done'",
      'sort milliseconds.total desc',
      'display imageId, task, attempt, milliseconds.total, bytes',
      'limit 20',
    ]),
  ];
  return [arrives, howFast, whatFails, closer];
};

/** What the workers' logs answer: CloudWatch asks them when somebody looks. */
function table(title, workers, prefix, commands) {
  const sources = workers.map((worker) => `SOURCE '/aws/lambda/${prefix}-${worker}'`);
  const query = [...sources, ...commands].join(' | ');
  return { type: 'log', properties: { title, region: `\${AWS::Region}`, view: 'table', query } };
}

/** @param statistics one, or several of each metric */
function graph(title, statistics, metrics) {
  const lines = metrics.flatMap(([{ Namespace, MetricName, dimensions }, label]) =>
    [statistics]
      .flat()
      .map((stat) => [
        Namespace,
        MetricName,
        ...Object.entries(dimensions).flat(),
        { stat, label: Array.isArray(statistics) ? `${label} ${stat}`.trim() : label },
      ]),
  );
  const properties = { title, region: `\${AWS::Region}`, view: 'timeSeries', period: minute, metrics: lines };
  return { type: 'metric', properties };
}
