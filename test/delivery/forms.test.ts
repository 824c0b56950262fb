// An upload by form, through real queues: done once, and whatever is sent again by the same form ends in nothing.

import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedForm } from '../../shared/api/ports.ts';
import { createS3Client } from '../../shared/aws/clients.ts';
import { createUploadSigner } from '../../shared/aws/upload-signer.ts';
import { statusOf } from '../../shared/domain/status.ts';
import { type Task, tasks } from '../../shared/domain/tasks.ts';
import { submitForm } from '../conformance/support/post-form.ts';
import { smallPhoto } from '../support/small-photo.ts';
import { type Pipeline, startPipeline } from './support/pipeline.ts';

let pipeline: Pipeline;
let photo: Buffer;

beforeAll(async () => {
  pipeline = await startPipeline();
  photo = await smallPhoto();
});
afterAll(() => pipeline.stop());

async function offered(): Promise<{ imageId: string; form: SignedForm }> {
  const imageId = uuidv7();
  const form = await createUploadSigner(createS3Client(), pipeline.originalsBucket, 60)(
    imageId,
    {
      ...{ method: 'POST', contentType: 'image/jpeg', contentLength: photo.byteLength },
      checksumSha256: createHash('sha256').update(photo).digest('base64'),
    },
    new Date(),
  );
  if (form.method !== 'POST') throw new Error('a form was asked for');
  return { imageId, form };
}

async function sendAndWork(form: SignedForm, order: readonly Task[] = tasks): Promise<void> {
  expect(await submitForm(form, { body: photo })).toMatchObject({ status: 204 });
  for (const task of order) await pipeline.handleBatch(task);
}

describe('an upload by form', () => {
  it('becomes an image, which no second use of the form changes', async () => {
    const { imageId, form } = await offered();
    await sendAndWork(form);
    const record = await pipeline.record(imageId);
    const objects = await pipeline.renditionObjects(imageId);
    expect(statusOf(record)).toBe('ready');
    expect((await pipeline.imageEvents()).map(({ type }) => type)).toEqual(['image.ready']);
    pipeline.engine.decodes = 0;

    await sendAndWork(form);

    expect(await pipeline.record(imageId)).toEqual(record);
    expect(await pipeline.renditionObjects(imageId)).toEqual(objects);
    expect(await pipeline.stored(imageId)).toMatchObject({ eTag: record.original?.eTag });
    expect(await pipeline.imageEvents()).toEqual([]);
    expect(pipeline.engine.decodes).toBe(0);
  });

  it('becomes one image when the form is sent twice before anybody looks, whichever comes first', async () => {
    const { imageId, form } = await offered();
    pipeline.engine.decodes = 0;
    await submitForm(form, { body: photo });
    await submitForm(form, { body: photo });

    for (const task of tasks)
      while (!(await pipeline.isEmpty(pipeline.queues[task]))) await pipeline.handleBatch(task);

    expect(statusOf(await pipeline.record(imageId))).toBe('ready');
    expect((await pipeline.imageEvents()).map(({ type }) => type)).toEqual(['image.ready']);
    expect(pipeline.engine.decodes).toBe(1);
  });

  it('stays removed when the form is sent again: the object goes, and nobody is told', async () => {
    const { imageId, form } = await offered();
    await sendAndWork(form);
    await pipeline.removeOriginal(imageId);
    for (const task of tasks) await pipeline.handleBatch(task);
    expect((await pipeline.imageEvents()).map(({ type }) => type)).toEqual(['image.ready', 'image.deleted']);

    await sendAndWork(form);

    expect(await pipeline.stored(imageId)).toBeUndefined();
    expect(await pipeline.renditionObjects(imageId)).toEqual({});
    expect(statusOf(await pipeline.record(imageId))).toBe('deleted');
    expect(await pipeline.imageEvents()).toEqual([]);
  });
});
