// A changed encoder setting: other bytes, so other keys; what was made before is stale, found, made anew and deleted.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { count, publish } from '../../scripts/backfill/backfill.ts';
import { readCheckpoint } from '../../scripts/backfill/checkpoint.ts';
import { openStage, type Stage } from '../../scripts/operations/stage.ts';
import { outputFormats } from '../../shared/domain/formats.ts';
import { statusOf } from '../../shared/domain/status.ts';
import { variants } from '../../shared/domain/variants.ts';
import { presetRevision } from '../../shared/processing/renditions-task.ts';
import { smallPhoto } from '../support/small-photo.ts';
import { type Pipeline, startPipeline } from './support/pipeline.ts';

const settings: { quality: number } = outputFormats.webp.settings;
const quality = settings.quality;

let pipeline: Pipeline;
let stage: Stage;
let photo: Uint8Array;
let folder: string;
let backfills = 0;

beforeAll(async () => {
  pipeline = await startPipeline();
  folder = await mkdtemp(join(tmpdir(), 'darkroom-settings-'));
  for (const [name, value] of Object.entries(pipeline.environment)) vi.stubEnv(name, value);
  stage = await openStage({ stage: 'test' });
  photo = await smallPhoto();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await pipeline.stop();
  await rm(folder, { recursive: true });
});

afterEach(() => {
  settings.quality = quality;
});

/** What `backfill --stale` runs: first it counts, then it publishes. */
async function backfillStale(): Promise<number> {
  const bucket = stage.originalsBucket;
  const checkpointFile = join(folder, `${backfills++}.json`);
  const checkpoint = readCheckpoint(checkpointFile, { stage: 'test', bucket, prefix: '', isStale: true });
  const options = {
    ...{ bucket, prefix: '', pageSize: 1000, staleRevision: presetRevision(variants), checkpointFile },
    ...{ rate: 100_000, concurrency: 1, maxObjects: 1000 },
  };
  const { wanted } = await count(stage, options, checkpoint, () => {});
  const { published } = await publish(stage, options, checkpoint, { onWave() {}, mayContinue: () => true });
  expect(published).toBe(wanted);
  return wanted;
}

it('makes every rendition of the format stale; the next run replaces them and deletes what they supersede', async () => {
  const imageId = uuidv7();
  await pipeline.putOriginal(imageId, photo);
  await pipeline.handleBatch('renditions');
  await pipeline.handleBatch('metadata');
  const before = Object.keys(await pipeline.renditionObjects(imageId));
  expect(await backfillStale()).toBe(0);

  settings.quality = quality - 10;

  pipeline.restartWorker('renditions');
  expect(await backfillStale()).toBe(1);
  await pipeline.handleBatch('renditions');
  await pipeline.handleBatch('metadata');
  const after = Object.keys(await pipeline.renditionObjects(imageId));

  expect(statusOf(await pipeline.record(imageId))).toBe('ready');
  const webp = (keys: readonly string[]) => keys.filter((key) => key.endsWith('.webp'));
  const jpeg = (keys: readonly string[]) => keys.filter((key) => key.endsWith('.jpg'));
  expect(webp(before).filter((key) => after.includes(key))).toEqual([]);
  expect(webp(after)).toHaveLength(webp(before).length);
  expect(jpeg(after)).toEqual(jpeg(before));
  expect(await backfillStale()).toBe(0);
});
