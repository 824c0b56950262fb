// A third task: a row of the task table, a task, and its block of resources. Everything else follows.

import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { redrive } from '../../scripts/dlq/redrive.ts';
import { survey } from '../../scripts/dlq/survey.ts';
import { compileProject } from '../../scripts/local/template/compile.ts';
import type { CompiledService } from '../../scripts/local/template/types.ts';
import { openStage } from '../../scripts/operations/stage.ts';
import { PermanentFailure } from '../../shared/domain/errors.ts';
import { statusOf } from '../../shared/domain/status.ts';
import { type Task, tasks } from '../../shared/domain/tasks.ts';
import type { TaskDefinition } from '../../shared/processing/task-definition.ts';
import { smallPhoto } from '../support/small-photo.ts';
import { type Pipeline, startPipeline } from './support/pipeline.ts';

vi.mock(import('../../shared/domain/task-table.ts'), async (original) => {
  const { taskTable } = await original();
  const palette = { leaves: ['palette' as 'metadata'], keepsObjects: false } as const;
  return { taskTable: { ...taskTable, palette } };
});

const third = 'palette' as Task;
const colors = ['#8a7c66', '#000000'];
let rejects = false;
const definition: TaskDefinition = {
  task: third,
  revision: '1',
  async perform() {
    if (rejects) throw new PermanentFailure('corrupt-image', 'no colors');
    return { palette: colors, ownerId: 'somebody else' } as object;
  },
};

let pipeline: Pipeline;
let photo: Uint8Array;

beforeAll(async () => {
  pipeline = await startPipeline({
    service: withThirdWorker(await compileProject({ stage: 'test' })),
    addedTasks: [definition],
  });
  photo = await smallPhoto();
});
afterAll(() => pipeline.stop());

afterEach(async () => {
  rejects = false;
  await pipeline.imageEvents();
  await pipeline.drain(pipeline.rejectionsQueue);
  for (const task of tasks) await pipeline.drain(pipeline.deadLetterQueues[task]);
});

/** The service with one more worker: the block of the metadata worker under another name. */
function withThirdWorker(service: CompiledService): CompiledService {
  const renamed = <Value>(value: Value): Value =>
    JSON.parse(JSON.stringify(value).replaceAll('Metadata', 'Palette').replaceAll('metadata', third));
  const block = Object.entries(service.template.Resources).filter(([id]) => id.startsWith('Metadata'));
  const resources = { ...service.template.Resources, ...renamed(Object.fromEntries(block)) };
  const worker = service.functions.filter(({ key }) => key === 'metadata');
  return {
    ...service,
    template: { ...service.template, Resources: resources },
    functions: [...service.functions, ...renamed(worker)],
  };
}

async function upload(body = photo): Promise<string> {
  const imageId = uuidv7();
  await pipeline.putOriginal(imageId, body);
  return imageId;
}

async function handle(...handled: readonly Task[]): Promise<void> {
  for (const task of handled) await pipeline.handleBatch(task);
}

it('is one of the tasks that an image waits for, whichever comes last', async () => {
  for (const last of tasks) {
    const imageId = await upload();
    await handle(...tasks.filter((task) => task !== last));

    expect(statusOf(await pipeline.record(imageId))).toBe('processing');
    expect(await pipeline.imageEvents()).toEqual([]);

    await handle(last);
    expect(statusOf(await pipeline.record(imageId))).toBe('ready');
    expect(await pipeline.imageEvents()).toMatchObject([{ type: 'image.ready', imageId }]);
  }
});

it('leaves in the record what its row names, and nothing else that it returns', async () => {
  const imageId = await upload();
  await handle(...tasks);

  const record = await pipeline.record(imageId);
  expect(record).toMatchObject({ palette: colors, paletteTask: { state: 'done' } });
  expect(record.ownerId).toBe('unowned');
});

describe('rejecting a file', () => {
  it('decides the image, and is told of once even where all tasks reject it', async () => {
    rejects = true;
    const imageId = await upload(Buffer.from('text'));
    await handle(...tasks);

    const record = await pipeline.record(imageId);
    expect(statusOf(record)).toBe('rejected');
    expect(await pipeline.imageEvents()).toMatchObject([{ type: 'image.rejected', imageId }]);
    expect(await pipeline.drain(pipeline.rejectionsQueue)).toHaveLength(1);
    const dead = await Promise.all(tasks.map((task) => pipeline.drain(pipeline.deadLetterQueues[task])));
    expect(dead.flat()).toEqual([]);
  });

  it('is taken back by a redrive, which every task takes up again', async () => {
    rejects = true;
    const imageId = await upload();
    await handle(...tasks);
    expect(statusOf(await pipeline.record(imageId))).toBe('rejected');
    rejects = false;
    await redriveAll();
    await handle(...tasks);

    expect(statusOf(await pipeline.record(imageId))).toBe('ready');
    expect(await pipeline.record(imageId)).toMatchObject({ palette: colors });
  });
});

it('leaves nothing behind in the tombstone of a removed image', async () => {
  const imageId = await upload();
  await handle(...tasks);
  await pipeline.imageEvents();
  await pipeline.removeOriginal(imageId);
  await handle(...tasks);

  const record = await pipeline.record(imageId);
  expect(statusOf(record)).toBe('deleted');
  for (const attribute of ['palette', 'paletteTask', 'metadata', 'metadataTask', 'placeholder']) {
    expect(record).not.toHaveProperty(attribute);
  }
  expect(await pipeline.renditionObjects(imageId)).toEqual({});
  expect(await pipeline.imageEvents()).toMatchObject([{ type: 'image.deleted', imageId }]);
});

async function redriveAll(): Promise<void> {
  for (const [name, value] of Object.entries(pipeline.environment)) vi.stubEnv(name, value);
  const stage = await openStage({ stage: 'test' });
  const options = { maxMessages: 100, visibilitySeconds: 30 };
  const surveyed = await survey(stage, options);
  const { done } = await redrive(stage, surveyed, surveyed.messages, options);
  vi.unstubAllEnvs();
  expect(done).toBe(1);
}
