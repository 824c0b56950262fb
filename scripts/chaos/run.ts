// One run of chaos: learn what is right, do everything wrong for a while, then look whether it came right.
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PublishCommand } from '@aws-sdk/client-sns';
import { createdNotification, lowestSequencer } from '../../shared/events/s3-notification.ts';
import { type ImageRecord, isTerminal, statusOf } from '../../shared/image.ts';
import { reconcile } from '../../shared/reconcile/reconcile.ts';
import { createReconcileParts } from '../../shared/reconcile/wire.ts';
import { redrive } from '../dlq/redrive.ts';
import { survey } from '../dlq/survey.ts';
import type { Progress } from '../operations/progress.ts';
import { createProgress } from '../operations/progress.ts';
import { readRecords } from '../operations/records.ts';
import { openStage, type Stage } from '../operations/stage.ts';
import { upload } from './client.ts';
import { type ChaosFile, makeFiles } from './files.ts';
import { type Difference, differences, outcomeOf, tally, type Upload } from './ledger.ts';
import { type Stack, startStack } from './stack.ts';

export interface ChaosOptions {
  readonly uploads: number;
  readonly minutes: number;
  readonly folder: string;
  readonly progress: Progress;
  readonly say: (line: string) => void;
}

export interface ChaosResult {
  /** When faults had ended and everything had settled. */
  readonly counts: Map<string, number>;
  /** Images that are failed or rejected, but of which no DLQ has a message. */
  readonly withoutLetter: string[];
  /** After what had failed was redriven. */
  readonly differences: Difference[];
  readonly failedThenRedriven: number;
  readonly kills: number;
  readonly duplicates: number;
  readonly faults: Readonly<Record<string, number>>;
}

const corruptShare = 0.1;
const clients = 4;
const quiet = createProgress('', { isQuiet: true });
const receiving = { maxMessages: 100_000, visibilitySeconds: 30 };
/** Longer than the stage's retries can take: five receives, 30 seconds apart, and reconciling after them. */
const settleMilliseconds = 8 * 60_000;
const maxRedrives = 5;

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { say } = options;
  const stack = await startStack(options.folder);
  try {
    // For the tools, which find the endpoint as their user would tell them.
    process.env['AWS_ENDPOINT_URL'] = stack.endpoint;
    const stage = await openStage({ stage: 'test' });
    const files = await makeFiles();

    say('Without faults: what becomes of each file.');
    const first = await Promise.all(files.map(async (file) => uploadOf(stack, file)));
    const expected = await learn(stage, first);

    say('With faults: uploads, kills and duplicates.');
    const wrought = await wreakHavoc(stage, stack, files, options);

    say('Faults are over: waiting until nothing is in flight.');
    const records = await settle(stage, wrought.uploads);
    const outcomes = wrought.uploads.map(({ imageId }) => outcomeOf(records.get(imageId)));
    const withoutLetter = await findUnlettered(stage, wrought.uploads, records);
    const failed = wrought.uploads.filter(({ imageId }) => isFailed(records.get(imageId)));

    if (failed.length > 0) say(`Redriving ${failed.length} that failed.`);
    const final = await redriveFailed(stage, wrought.uploads, records);
    return {
      counts: tally(outcomes),
      withoutLetter,
      differences: differences(wrought.uploads, final, expected),
      failedThenRedriven: failed.length,
      kills: wrought.kills,
      duplicates: wrought.duplicates,
      faults: stack.proxy.counts,
    };
  } finally {
    await stack.stop();
  }
}

async function uploadOf({ api }: Stack, file: ChaosFile): Promise<Upload> {
  return { imageId: await upload(api, file), file: file.name };
}

async function learn(stage: Stage, uploads: readonly Upload[]) {
  const records = await settle(stage, uploads);
  return new Map(uploads.map(({ imageId, file }) => [file, outcomeOf(records.get(imageId))]));
}

async function wreakHavoc(
  stage: Stage,
  stack: Stack,
  files: readonly ChaosFile[],
  { uploads: wanted, minutes, progress }: ChaosOptions,
): Promise<{ uploads: Upload[]; kills: number; duplicates: number }> {
  const uploads: Upload[] = [];
  const endsAt = Date.now() + minutes * 60_000;
  const betweenUploads = (minutes * 60_000 * clients) / wanted;
  let begun = 0;
  let kills = 0;
  let duplicates = 0;
  const isOver = () => begun >= wanted && Date.now() >= endsAt;

  const client = async () => {
    while (begun < wanted) {
      begun += 1;
      uploads.push(await uploadOf(stack, pick(files)));
      progress.advance();
      // Faster than the average, to leave time for kills that hit nothing but work.
      await sleep(betweenUploads * Math.random());
    }
  };
  const killer = async () => {
    while (!isOver()) {
      await sleepUntil(isOver, randomInt(8_000, 25_000));
      if (isOver()) return;
      await stack.killAndRestart();
      kills += 1;
    }
  };
  const duplicator = async () => {
    while (!isOver()) {
      await sleepUntil(isOver, randomInt(200, 1500));
      const some = uploads[Math.floor(Math.random() * uploads.length)];
      if (some && (await duplicate(stage, some))) duplicates += 1;
    }
  };
  const reconciler = async () => {
    while (!isOver()) {
      await sleepUntil(isOver, 15_000);
      await reconcileOnce(stage).catch(() => {});
    }
  };

  stack.plan.isOn = true;
  progress.start(wanted);
  try {
    await Promise.all([...Array.from({ length: clients }, client), killer(), duplicator(), reconciler()]);
  } finally {
    progress.stop();
    stack.plan.isOn = false;
  }
  return { uploads, kills, duplicates };
}

function pick(files: readonly ChaosFile[]): ChaosFile {
  const wantsCorrupt = Math.random() < corruptShare;
  const candidates = files.filter(({ isCorrupt }) => isCorrupt === wantsCorrupt);
  return candidates[randomInt(candidates.length)] as ChaosFile;
}

/** Publishes an event again that was there already, or an older one of the same object. */
async function duplicate(stage: Stage, { imageId }: Upload): Promise<boolean> {
  try {
    const record = (await readRecords(stage, [imageId])).get(imageId);
    if (record?.original === undefined || record.sequencer === undefined) return false;
    const sequencer = Math.random() < 0.2 ? lowestSequencer : record.sequencer;
    const Message = createdNotification(record.original, sequencer, new Date());
    await stage.clients.sns.send(new PublishCommand({ TopicArn: stage.uploadsTopicArn, Message }));
    return true;
  } catch {
    // The engines are being killed.
    return false;
  }
}

async function reconcileOnce(stage: Stage): Promise<void> {
  const parts = createReconcileParts(stage.clients, {
    IMAGES_TABLE: stage.tableName,
    ORIGINALS_BUCKET: stage.originalsBucket,
    RENDITIONS_BUCKET: stage.renditionsBucket,
    UPLOADS_TOPIC_ARN: stage.uploadsTopicArn,
    IMAGE_EVENTS_TOPIC_ARN: stage.imageEventsTopicArn,
    RECONCILE_MAX_IMAGES: 1000,
  });
  await reconcile(parts);
}

/** Waits until every upload has settled and every queue is empty, reconciling as the schedule would. */
async function settle(stage: Stage, uploads: readonly Upload[]): Promise<Map<string, ImageRecord>> {
  const ids = uploads.map(({ imageId }) => imageId);
  const endsAt = Date.now() + settleMilliseconds;
  for (;;) {
    const records = await readRecords(stage, ids);
    const isSettled = ids.every((imageId) => {
      const record = records.get(imageId);
      return record !== undefined && isTerminal(statusOf(record)) && record.attentionAt === undefined;
    });
    if (isSettled || Date.now() > endsAt) return records;
    await sleep(1000);
    await reconcileOnce(stage);
  }
}

async function findUnlettered(
  stage: Stage,
  uploads: readonly Upload[],
  records: ReadonlyMap<string, ImageRecord>,
): Promise<string[]> {
  const { letters } = await survey(stage, receiving, quiet);
  const lettered = new Set(letters.map(({ imageId }) => imageId));
  return uploads.flatMap(({ imageId }) => {
    const record = records.get(imageId);
    const needsLetter = record !== undefined && (isFailed(record) || statusOf(record) === 'rejected');
    return needsLetter && !lettered.has(imageId) ? imageId : [];
  });
}

function isFailed(record: ImageRecord | undefined): boolean {
  return record !== undefined && statusOf(record) === 'failed';
}

/** What an operator would do next: send back to work what failed, until nothing is failed. */
async function redriveFailed(
  stage: Stage,
  uploads: readonly Upload[],
  settled: Map<string, ImageRecord>,
): Promise<Map<string, ImageRecord>> {
  let records = settled;
  for (let round = 0; round < maxRedrives; round += 1) {
    const failed = new Set(uploads.flatMap(({ imageId }) => (isFailed(records.get(imageId)) ? imageId : [])));
    if (failed.size === 0) return records;
    const surveyed = await survey(stage, receiving, quiet);
    const selected = surveyed.letters.filter(({ imageId }) => failed.has(imageId ?? ''));
    await redrive(stage, surveyed, selected, receiving, quiet);
    await sleep(5000);
    records = await settle(stage, uploads);
  }
  return records;
}

async function sleepUntil(isOver: () => boolean, milliseconds: number): Promise<void> {
  const endsAt = Date.now() + milliseconds;
  while (Date.now() < endsAt && !isOver()) await sleep(Math.min(250, endsAt - Date.now()));
}
