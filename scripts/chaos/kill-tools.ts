// Kills the operator's tools at random moments, again and again, and tells what that did: redrive must lose no
// message, backfill must miss no object and never publish past its cap.
import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { parseOriginalEvents } from '../../shared/domain/events/s3-event.ts';
import { createdNotification } from '../../shared/domain/events/s3-notification.ts';
import { takeAllMessages } from '../client/messages.ts';
import { batchSize, inBatches } from '../operations/batches.ts';
import type { Queue, Stage } from '../operations/stage.ts';
import { OperatorError } from '../terminal/errors.ts';
import { runScript } from './run-script.ts';

export interface KillOptions {
  readonly kills: number;
  readonly onKill?: () => void;
}

/** So that what a killed run holds is soon there again. */
const visibilitySeconds = 1;
/** Messages a second: slow enough to be killed in the middle, and fast enough to come to an end. */
const slow = 80;
const fast = 10_000;

export interface RedriveKills {
  readonly kills: number;
  readonly messages: number;
  /** Keys whose message is nowhere any more. */
  readonly lost: readonly string[];
}

/**
 * Keeps a DLQ filled, kills redrive so often, lets it finish, and looks for every message in its source queue.
 * Nobody may poll the stage's queues meanwhile.
 */
export async function killRedrive(stage: Stage, { kills, onKill }: KillOptions): Promise<RedriveKills> {
  const [queues] = stage.queues;
  if (queues === undefined) throw new OperatorError('The stage has no queues.');
  const sent: string[] = [];
  const args = ['redrive', '--yes', '--json', '--queue', queues.task, '--stage', stage.name];
  const run = (killAfter?: number) =>
    runScript('dlq', [...args, '--visibility', String(visibilitySeconds)], killAfter);

  sent.push(...(await addMessages(stage, queues.dlq, batchSize)));
  const moment = await momentsWithin(() => run());
  for (let killed = 0; killed < kills; ) {
    sent.push(...(await addMessages(stage, queues.dlq, 4 * batchSize)));
    const { exitCode } = await run(moment());
    if (exitCode !== null) continue;
    killed += 1;
    onKill?.();
  }
  await sleep(visibilitySeconds * 1000);
  const { exitCode, stderr } = await run();
  if (exitCode !== 0) throw new OperatorError(`The last redrive failed: ${stderr}`);
  const arrived = new Set(await drainKeys(stage, queues.source));
  return { kills, messages: sent.length, lost: sent.filter((key) => !arrived.has(key)) };
}

export interface BackfillKills {
  readonly kills: number;
  readonly objects: number;
  readonly cap: number;
  /** Messages by the time the cap was reached, under kills. */
  readonly publishedWithinCap: number;
  /** Keys of which no message ever came. */
  readonly missed: readonly string[];
  /** Messages that a kill had published twice. */
  readonly repeated: number;
}

/** Kills a backfill so often under a cap of half its objects, then without, lets it finish, and counts. */
export async function killBackfill(
  stage: Stage,
  { kills, onKill, folder }: KillOptions & { readonly folder: string },
): Promise<BackfillKills> {
  const [queues] = stage.queues;
  if (queues === undefined) throw new OperatorError('The stage has no queues.');
  const objects = kills * 6 * batchSize;
  const bucket = `kills-${randomUUID()}`;
  const keys = await fillBucket(stage, bucket, objects);
  const job = ['--bucket', bucket, '--page-size', '50', '--checkpoint', join(folder, `${bucket}.json`)];
  const fixed = [...job, '--concurrency', '1', '--yes', '--json', '--stage', stage.name];
  const run = (cap: number, rate: number, killAfter?: number) =>
    runScript('backfill', [...fixed, '--max-objects', String(cap), '--rate', String(rate)], killAfter);
  const moment = await momentsWithin(() => run(1, slow));
  /** Kills so often, unless everything is published before, and then lets one run come to its end. */
  const runKilled = async (cap: number, times: number) => {
    for (let tries = 0, killed = 0; killed < times && tries < 2 * times; tries += 1) {
      const ended = await run(cap, slow, moment());
      if (ended.stdout.includes('"complete"')) return ended;
      if (ended.exitCode !== null) continue;
      killed += 1;
      onKill?.();
    }
    return run(cap, fast);
  };

  const cap = Math.floor(objects / 2);
  await runKilled(cap, Math.floor(kills / 2));
  const within = await drainKeys(stage, queues.source);
  // A kill may cost the cap one wave; this one leaves room for them all.
  const { exitCode, stderr } = await runKilled(objects + kills * batchSize, Math.ceil(kills / 2));
  if (exitCode !== 0) throw new OperatorError(`The last backfill failed: ${stderr}`);
  const published = [...within, ...(await drainKeys(stage, queues.source))];
  const seen = new Set(published);
  return {
    ...{ kills, objects, cap },
    publishedWithinCap: within.length,
    missed: keys.filter((key) => !seen.has(key)),
    repeated: published.length - seen.size,
  };
}

/** Runs a tool to its end, to know when it works: @returns random moments of such a run, its start left out */
async function momentsWithin(run: () => Promise<unknown>): Promise<() => number> {
  const startedAt = performance.now();
  await run();
  const milliseconds = Math.ceil(performance.now() - startedAt);
  return () => randomInt(Math.floor(milliseconds / 2), Math.ceil(milliseconds * 1.5));
}

/** @returns their keys */
async function addMessages(
  { clients, originalsBucket }: Stage,
  { url }: Queue,
  count: number,
): Promise<string[]> {
  const keys = Array.from({ length: count }, () => `originals/${randomUUID()}`);
  for (const batch of inBatches(keys)) {
    const Entries = batch.map((key, index) => {
      const original = { bucket: originalsBucket, key, eTag: 'e', bytes: 1 };
      return { Id: String(index), MessageBody: createdNotification(original, '1', new Date()) };
    });
    await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
  }
  return keys;
}

async function fillBucket({ clients: { s3 } }: Stage, bucket: string, count: number): Promise<string[]> {
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const keys = Array.from({ length: count }, (_, index) => `photo-${String(index).padStart(6, '0')}.jpg`);
  for (const batch of inBatches(keys)) {
    await Promise.all(
      batch.map((Key) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'bytes' }))),
    );
  }
  return keys;
}

/** Empties a queue. @returns the key of each message, repetitions included */
async function drainKeys({ clients: { sqs } }: Stage, { url }: Queue): Promise<string[]> {
  const messages = await takeAllMessages(sqs, url);
  return messages.flatMap(({ Body = '' }) => parseOriginalEvents(Body, '').map(({ key }) => key));
}
