// What is deployed is a bundle and not the sources: the workers' bundles do a whole upload's work, with this machine's
// native modules in place of Lambda's.

import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleFunctions } from '../../scripts/package/bundle.ts';
import { statusOf } from '../../shared/domain/status.ts';
import { tasks } from '../../shared/domain/tasks.ts';
import type { SqsHandler } from '../../shared/lambda/sqs.ts';
import { lambdaContext, sqsEvent } from '../support/events.ts';
import { smallPhoto } from '../support/small-photo.ts';
import { type Pipeline, startPipeline } from './support/pipeline.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
let pipeline: Pipeline;
let folder: string;

beforeAll(async () => {
  pipeline = await startPipeline();
  folder = await mkdtemp(join(tmpdir(), 'darkroom-bundles-'));
  await symlink(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(async () => {
  await pipeline.stop();
  await rm(folder, { recursive: true, force: true });
});

async function loadBundle(functionFile: string): Promise<SqsHandler> {
  const { bundle } = await bundleFunctions(projectFolder, { bundle: `functions/${functionFile}.handler` });
  for (const [path, content] of Object.entries(bundle.files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return createRequire(import.meta.url)(join(folder, 'functions', `${functionFile}.js`)).handler;
}

it('makes an upload ready, its imaging process a bundle too', async () => {
  const imageId = randomUUID().replace(/^(.{14})./, '$17');
  const photo = await smallPhoto(640, 480);
  await pipeline.putOriginal(imageId, photo);
  for (const task of tasks) {
    pipeline.configure(task);
    const handler = await loadBundle(task);
    const messages = await pipeline.receive(pipeline.queues[task]);
    expect(await handler(sqsEvent(messages), lambdaContext())).toEqual({ batchItemFailures: [] });
    await pipeline.settleBatch(task, messages, { batchItemFailures: [] });
  }
  const record = await pipeline.record(imageId);
  expect(statusOf(record)).toBe('ready');
  expect(record.renditions?.map(({ variant, width, height }) => [variant, width, height])).toContainEqual([
    'small',
    320,
    240,
  ]);
});
