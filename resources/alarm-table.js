// THE table of alarms: what wakes an operator, each with an entry of its name, or of another that it says, in docs/runbook.md.
// It is made from what there is to watch; resources/alarms.js makes CloudFormation of it.
//
// `above` or `below` is what wakes. `of` is how many periods are looked at, `in` how many of them must be bad: what a retry
// mends must not ring, what does not mend itself must. `silence` is what it means that there is no data:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
// `rollsBack`: a release that is under way when it rings is taken back.
import { ofApi, ofFunction, ofQueue, ofStage, ofTable, ofTopic } from './metrics.js';
import { releaseAlarms } from './release-alarms.js';
import { logicalId } from './workload.js';

const fine = 'notBreaching';
const bad = 'breaching';
/** A queue that nobody touches for six hours reports nothing, whatever it holds: the last word stands. */
const asBefore = 'ignore';

/** An alarm's expression may name ten metrics. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
const maxMetrics = 10;
/** Functions whose answer somebody waits for, and which never wait themselves as getImage does. */
const promptFunctions = ['createUpload', 'listImages', 'getRendition'];

/** @param released functions whose releases alarms take back: all of them, or none */
export const alarmTable = ({ prefix, stage, api, workers, released }) => [
  ...workers.flatMap((worker) => ofEachWorker(prefix, worker)),
  {
    name: 'rejections-many',
    says: 'A quarter of what was uploaded in a quarter of an hour was rejected, 20 files at least.',
    metrics: {
      rejected: [ofQueue('RejectionsQueue', 'NumberOfMessagesSent'), 'Sum'],
      uploads: [ofTopic('UploadsTopic', 'NumberOfMessagesPublished'), 'Sum'],
    },
    expression: 'IF(rejected >= 20, 100 * rejected / uploads, 0)',
    above: 25,
    ...{ seconds: 900, in: 1, of: 1, silence: fine, rollsBack: true },
  },
  {
    name: 'ready-late',
    says: 'One upload in a hundred took more than two minutes to be ready, for a quarter of an hour.',
    metric: [ofStage(stage, 'UploadToReady'), 'p99'],
    above: 120_000,
    ...{ seconds: 300, in: 3, of: 3, silence: fine },
  },
  {
    name: 'uploads-unheard',
    says: 'Originals lie in S3 whose events had not come when their upload URLs ran out.',
    metric: [ofStage(stage, 'ReconcileRepublished'), 'Sum'],
    above: 0,
    ...{ seconds: 900, in: 1, of: 1, silence: fine },
  },
  {
    name: 'uploads-lost',
    says: 'SNS could deliver an upload neither to a worker’s queue nor to its DLQ.',
    metric: [ofTopic('UploadsTopic', 'NumberOfNotificationsFailedToRedriveToDlq'), 'Sum'],
    above: 0,
    ...{ seconds: 300, in: 1, of: 1, silence: fine },
  },
  {
    name: 'images-abandoned',
    says: 'Work on images ended without a result, and no retry was left.',
    metric: [ofStage(stage, 'ReconcileAbandoned'), 'Sum'],
    above: 0,
    ...{ seconds: 900, in: 1, of: 1, silence: fine },
  },
  {
    name: 'reconcile-not-running',
    says: 'Reconciling has not ended a run for a quarter of an hour: nobody notices what no worker lives to do.',
    metric: [ofStage(stage, 'ReconcileRuns'), 'Sum'],
    below: 1,
    ...{ seconds: 900, in: 1, of: 1, silence: bad },
  },
  {
    name: 'reconcile-failing',
    says: 'Reconciling could not do what some image needs, for an hour.',
    metric: [ofStage(stage, 'ReconcileErrors'), 'Sum'],
    above: 0,
    ...{ seconds: 1800, in: 2, of: 2, silence: fine },
  },
  {
    name: 'api-5xx',
    says: 'One request in a hundred is answered with a server error.',
    metrics: { errors: [ofApi('5xx'), 'Sum'], requests: [ofApi('Count'), 'Sum'] },
    expression: '100 * errors / requests',
    above: 1,
    ...{ seconds: 300, in: 2, of: 3, silence: fine },
  },
  {
    name: 'api-latency',
    says: 'One call in a hundred takes the API more than two seconds, for a quarter of an hour.',
    metrics: Object.fromEntries(
      promptFunctions.map((name) => [name, [ofFunction(prefix, name, 'Duration'), 'p99']]),
    ),
    expression: 'MAX(METRICS())',
    above: 2000,
    ...{ seconds: 300, in: 3, of: 3, silence: fine },
  },
  ...api
    .filter((_name, index) => index % maxMetrics === 0)
    .map((_first, group) => ({
      name: group === 0 ? 'api-throttles' : `api-throttles-${group + 1}`,
      entry: 'api-throttles',
      says: 'Lambda refuses calls of the API: too many functions run at the same time.',
      metrics: Object.fromEntries(
        api
          .slice(group * maxMetrics, (group + 1) * maxMetrics)
          .map((name) => [name, [ofFunction(prefix, name, 'Throttles'), 'Sum']]),
      ),
      expression: 'SUM(METRICS())',
      above: 0,
      ...{ seconds: 300, in: 2, of: 3, silence: fine },
    })),
  {
    name: 'table-throttles',
    says: 'DynamoDB refuses reads or writes of the images table.',
    metrics: {
      reads: [ofTable('ReadThrottleEvents'), 'Sum'],
      writes: [ofTable('WriteThrottleEvents'), 'Sum'],
      ownerReads: [ofTable('ReadThrottleEvents', 'byOwner'), 'Sum'],
      ownerWrites: [ofTable('WriteThrottleEvents', 'byOwner'), 'Sum'],
      overdueReads: [ofTable('ReadThrottleEvents', 'byOverdue'), 'Sum'],
      overdueWrites: [ofTable('WriteThrottleEvents', 'byOverdue'), 'Sum'],
    },
    // DynamoDB publishes these only while it refuses something, and an alarm over its metrics may stay as it is while there is
    // no data, whatever it is told of silence: it would ring for ever.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
    expression: 'SUM(FILL(METRICS(), 0))',
    // A few while a table grows into a sudden load are retried by the SDK, and noticed by nobody.
    above: 10,
    ...{ seconds: 300, in: 2, of: 3, silence: fine },
  },
  ...releaseAlarms({ prefix, stage, workers, released, maxMetrics }),
];

const ofEachWorker = (prefix, worker) => [
  {
    name: `${worker}-dlq-not-empty`,
    says: `Messages wait in the ${worker} DLQ: the system failed at them.`,
    metric: [
      ofQueue(logicalId(worker, 'dead-letter-queue'), 'ApproximateNumberOfMessagesVisible'),
      'Maximum',
    ],
    above: 0,
    ...{ seconds: 60, in: 1, of: 1, silence: asBefore },
  },
  {
    name: `${worker}-backlog`,
    says: `An upload has waited ten minutes for its ${worker}.`,
    metric: [ofQueue(logicalId(worker, 'queue'), 'ApproximateAgeOfOldestMessage'), 'Maximum'],
    above: 600,
    ...{ seconds: 60, in: 3, of: 3, silence: fine },
  },
  {
    name: `${worker}-errors`,
    says: `The ${worker} worker crashes, runs out of time or cannot start.`,
    // Once is a retry's business. A message comes back after ten minutes, so that twice in a quarter of an hour is no accident.
    metric: [ofFunction(prefix, worker, 'Errors'), 'Sum'],
    above: 0,
    ...{ seconds: 300, in: 2, of: 3, silence: fine },
  },
  {
    name: `${worker}-throttles`,
    says: `Lambda refuses to run the ${worker} worker: too many functions run at the same time.`,
    metric: [ofFunction(prefix, worker, 'Throttles'), 'Sum'],
    above: 0,
    ...{ seconds: 300, in: 3, of: 3, silence: fine },
  },
];
