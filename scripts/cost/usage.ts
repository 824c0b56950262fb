// What a number of images takes of each of AWS's services: measured CPU and bytes, counted calls and write units, and the few
// assumptions that could not be measured without an account, each named as one.
import { type Variant, variants } from '../../shared/domain/variants.ts';
import { callsOf, writes, writeUnits } from './counted.ts';
import { readMeasured } from './measured.ts';
import type { Priced } from './prices.ts';

export interface Workload {
  /** A month. */
  readonly images: number;
  readonly megapixels: number;
  /** Renditions of an image: those of the variant table, unless another table is thought of. */
  readonly renditions: number;
  /** How long images are kept. */
  readonly months: number;
  /** How often a rendition is fetched, of each image, a month. */
  readonly views: number;
  readonly delivery: 'cloudfront' | 's3';
  /** Messages that a worker gets at once: 1 at a trickle, up to 5 and 10 in a burst. */
  readonly batch: number;
}

/** `processing` is what an original takes that lies in S3, `upload` how it came there and how its client heard of the end. */
export type Part = 'processing' | 'upload' | 'standing' | 'storage' | 'delivery';

export interface Usage {
  readonly part: Part;
  readonly price: Priced;
  readonly units: number;
  readonly of: string;
}

/** As serverless.yml has it. */
export const memoryMb = { renditions: 1769, metadata: 512, api: 512 } as const;
/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const memoryOfVcpuMb = 1769;

/** What nobody can measure without an account. */
export const assumed = {
  /** DynamoDB answers in "single-digit milliseconds": https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Introduction.html */
  tableWaitMs: 10,
  /** Lambda's processor takes as long as the benchmark's. The image events of a stage tell: UploadToReady and UnitDuration. */
  lambdaSlowness: 1,
  /** A client asks once how its image is, waits for it, and the function looks at the table so often. */
  looksAtTable: 4,
  /** A client's waiting call begins with the upload and ends with the image: what S3 and SNS add to the workers' time. */
  eventSeconds: 0.5,
  /** Lines of the functions and of API Gateway, in bytes an invocation. Lambda has none of one that went well. */
  logBytes: { worker: 1010, api: 600 },
  /** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
  pollers: 5,
  pollSeconds: 20,
  secondsOfMonth: 30 * 86_400,
  reconcileSeconds: 1,
  reconcileEverySeconds: 300,
} as const;

const taskWorkers = ['renditions', 'metadata'] as const;
const last = 'last worker';
const table: readonly Variant[] = variants;
export const renditionsOfTable = table.reduce((sum, { formats }) => sum + formats.length, 0);

export function usageOf(
  workload: Workload,
  standing: { customMetrics: number; alarmMetrics: number },
): Usage[] {
  const { images } = workload;
  const per = (part: Part, of: string, units: Partial<Record<Priced, number>>): Usage[] =>
    Object.entries(units).map(([price, amount]) => ({ part, of, price: price as Priced, units: amount }));
  return [
    ...per('processing', 'renditions', scaled(images, renditionsWorker(workload))),
    ...per('processing', 'metadata', scaled(images, metadataWorker(workload))),
    ...per('processing', 'delivery of events', scaled(images, messages(workload))),
    ...per('processing', 'records', scaled(images, { dynamoDbWrites: writeUnits('processing') })),
    ...per('upload', 'the upload and its API calls', scaled(images, upload(workload))),
    ...per('standing', 'a stage, whatever it does', alwaysThere(workload, standing)),
    ...per('storage', 'originals and renditions', stored(workload)),
    ...per('delivery', 'renditions that are looked at', delivered(workload)),
  ];
}

function measuredOf({ renditions }: Pick<Workload, 'renditions'>) {
  const callsOfWorkers = ['DynamoDB', 'S3', 'SNS'].reduce(
    (sum, service) => sum + callsOf([...taskWorkers, last], service as 'S3'),
    0,
  );
  const area = ({ width, height }: Variant) => width * height;
  const jpegs = table.filter(({ formats }) => formats.includes('jpeg'));
  const share = sum(jpegs.map(area)) / sum(table.map(area));
  return { ...readMeasured(callsOfWorkers, share), scale: renditions / renditionsOfTable };
}

/** Settles last, as the slower one: what the last worker does is done at its price. */
function renditionsWorker(workload: Workload): Partial<Record<Priced, number>> {
  const measured = measuredOf(workload);
  const calls =
    callsOf(['renditions', last], 'DynamoDB') + callsOf(['renditions', last], 'S3') + callsOf([last], 'SNS');
  const cpuMs = measured.renderCpuMs(workload.megapixels) + calls * measured.callCpuMs;
  // Renditions are stored all at once.
  const waits = 2 + callsOf([last], 'SNS');
  const waitMs =
    waits * measured.callWaitMs + callsOf(['renditions', last], 'DynamoDB') * assumed.tableWaitMs;
  return {
    lambdaGbSeconds: gbSeconds(memoryMb.renditions, cpuMs, waitMs),
    lambdaRequests: 1 / workload.batch,
    s3Reads: callsOf(['renditions'], 'S3', ['GetObject']),
    s3Writes: callsOf(['renditions'], 'S3', ['PutObject']) * measured.scale,
    logGb: assumed.logBytes.worker / 1e9,
  };
}

function metadataWorker(workload: Workload): Partial<Record<Priced, number>> {
  const measured = measuredOf(workload);
  const calls = callsOf(['metadata'], 'DynamoDB') + callsOf(['metadata'], 'S3');
  const waitMs =
    callsOf(['metadata'], 'S3') * measured.callWaitMs +
    callsOf(['metadata'], 'DynamoDB') * assumed.tableWaitMs;
  return {
    lambdaGbSeconds: gbSeconds(
      memoryMb.metadata,
      measured.metadataCpuMs + calls * measured.callCpuMs,
      waitMs,
    ),
    lambdaRequests: 1 / workload.batch,
    s3Reads: callsOf(['metadata'], 'S3', ['GetObject']),
    logGb: assumed.logBytes.worker / 1e9,
  };
}

/** S3 publishes each upload, SNS sends it to each worker's queue, where it is received and deleted, a batch at a time. */
function messages({ batch }: Workload): Partial<Record<Priced, number>> {
  return {
    snsPublishes: 1 + callsOf([last], 'SNS'),
    sqsRequests: taskWorkers.length * (1 + 2 / batch),
  };
}

function upload(workload: Workload): Partial<Record<Priced, number>> {
  const measured = measuredOf(workload);
  const creates = callsOf(['createUpload'], 'DynamoDB');
  const looks = assumed.looksAtTable * callsOf(['getImage'], 'DynamoDB');
  const creating = gbSeconds(memoryMb.api, creates * measured.callCpuMs, creates * assumed.tableWaitMs);
  const workers = (renditionsWorker(workload).lambdaGbSeconds ?? 0) / (memoryMb.renditions / 1024);
  return {
    apiRequests: 2,
    lambdaRequests: 2,
    lambdaGbSeconds: creating + (workers + assumed.eventSeconds) * (memoryMb.api / 1024),
    s3Writes: 1,
    dynamoDbWrites: writeUnits('upload'),
    dynamoDbReads: callsOf(['createUpload'], 'DynamoDB', ['GetItem']) + looks,
    logGb: (2 * assumed.logBytes.api) / 1e9,
  };
}

/** A month. */
function alwaysThere(
  { delivery }: Workload,
  { customMetrics, alarmMetrics }: { customMetrics: number; alarmMetrics: number },
) {
  const { pollers, pollSeconds, secondsOfMonth, reconcileSeconds, reconcileEverySeconds } = assumed;
  const runs = secondsOfMonth / reconcileEverySeconds;
  return {
    customMetrics,
    alarmMetrics,
    dashboards: 1,
    // What cursors are signed with, and what URLs are.
    secrets: delivery === 'cloudfront' ? 2 : 1,
    sqsRequests: (taskWorkers.length * pollers * secondsOfMonth) / pollSeconds,
    lambdaRequests: runs,
    lambdaGbSeconds: (runs * reconcileSeconds * memoryMb.api) / 1024,
  };
}

/** Everything that was uploaded within the months is there at the end of them: so much a month, then. */
function stored(workload: Workload): Partial<Record<Priced, number>> {
  const measured = measuredOf(workload);
  const kept = workload.images * workload.months;
  const bytes = measured.bytesPerMegapixel * workload.megapixels + measured.renditionBytes * measured.scale;
  // DynamoDB bills a write by the item's kilobytes: the largest write is that of a whole record.
  const recordKilobytes = Math.max(...writes.map(({ table: kilobytes }) => kilobytes));
  return { s3GbMonths: (kept * bytes) / 1e9, dynamoDbGbMonths: (kept * recordKilobytes) / 1e6 };
}

function delivered(workload: Workload): Partial<Record<Priced, number>> {
  const measured = measuredOf(workload);
  const fetched = workload.images * workload.views;
  const gigabytes = (fetched * measured.renditionBytes) / renditionsOfTable / 1e9;
  return workload.delivery === 'cloudfront'
    ? { cloudFrontRequests: fetched, cloudFrontGb: gigabytes }
    : { s3Reads: fetched, s3GbOut: gigabytes };
}

function gbSeconds(memory: number, cpuMs: number, waitMs: number): number {
  const cpuSeconds = (cpuMs * assumed.lambdaSlowness) / 1000 / (memory / memoryOfVcpuMb);
  return (memory / 1024) * (cpuSeconds + waitMs / 1000);
}

function scaled(images: number, units: Partial<Record<Priced, number>>): Partial<Record<Priced, number>> {
  return Object.fromEntries(Object.entries(units).map(([price, amount]) => [price, amount * images]));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
