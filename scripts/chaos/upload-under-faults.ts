// The time in which faults happen: uploads, faults, kills of the whole stack, repeated events, and reconciling in between.
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PublishCommand } from '@aws-sdk/client-sns';
import { createdNotification, lowestSequencer } from '../../shared/domain/events/s3-notification.ts';
import { reconcileStage } from '../operations/reconcile-stage.ts';
import { readRecords } from '../operations/records.ts';
import type { Stage } from '../operations/stage.ts';
import type { Progress } from '../terminal/progress.ts';
import type { FaultyStack } from './faulty-stack.ts';
import type { ChaosFile } from './files.ts';
import type { Upload } from './ledger.ts';
import { uploadPatiently } from './patient-upload.ts';

export interface FaultyUploadOptions {
  readonly uploads: number;
  readonly minutes: number;
  readonly progress: Progress;
}

/** What was done to the images, as far as somebody decided it. */
export interface FaultLog {
  /** Milliseconds since the epoch: when everything was killed. */
  readonly killedAt: readonly number[];
  /** How often an event was published again, by image. */
  readonly repeats: ReadonlyMap<string, number>;
}

interface FaultyUploads {
  readonly uploads: Upload[];
  readonly log: FaultLog;
}

const corruptShare = 0.1;
const clients = 4;

/** Goes on for so many minutes, and until everything is uploaded; faults are off again afterwards. */
export async function uploadUnderFaults(
  stack: FaultyStack,
  files: readonly ChaosFile[],
  { uploads: wanted, minutes, progress }: FaultyUploadOptions,
): Promise<FaultyUploads> {
  const { stage } = stack;
  const uploads: Upload[] = [];
  const betweenUploads = (minutes * 60_000 * clients) / wanted;
  let begun = 0;
  const killedAt: number[] = [];
  const repeats = new Map<string, number>();
  const over = new AbortController();

  const client = async () => {
    while (begun < wanted) {
      begun += 1;
      uploads.push(await uploadPatiently(stack.client, pick(files)));
      progress.advance();
      // Faster than the average, to leave time for kills that hit nothing but work.
      await sleep(betweenUploads * Math.random());
    }
  };
  const repeat = async (pauseMilliseconds: () => number, action: () => Promise<unknown>) => {
    const pause = () => sleep(pauseMilliseconds(), true, { signal: over.signal }).catch(() => false);
    while (await pause()) await action();
  };
  const kill = async () => {
    killedAt.push(Date.now());
    await stack.killAndRestart();
  };
  const duplicateSome = async () => {
    const some = uploads[Math.floor(Math.random() * uploads.length)];
    if (some && (await duplicate(stage, some)))
      repeats.set(some.imageId, (repeats.get(some.imageId) ?? 0) + 1);
  };

  stack.plan.isOn = true;
  progress.expect(wanted);
  try {
    const uploading = [sleep(minutes * 60_000), ...Array.from({ length: clients }, client)];
    await Promise.all([
      Promise.all(uploading).finally(() => over.abort()),
      repeat(() => randomInt(8_000, 25_000), kill),
      repeat(() => randomInt(200, 1500), duplicateSome),
      repeat(
        () => 15_000,
        () => reconcileStage(stage).catch(() => {}),
      ),
    ]);
  } finally {
    progress.stop();
    stack.plan.isOn = false;
  }
  return { uploads, log: { killedAt, repeats } };
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
