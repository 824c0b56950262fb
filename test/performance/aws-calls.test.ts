// Holds docs/aws-calls.md to what the code does: every AWS call of an image, counted, by who makes it.

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCursors } from '../../shared/api/images/cursor.ts';
import { deleteImage } from '../../shared/api/images/delete-image.ts';
import { getImage } from '../../shared/api/images/get-image.ts';
import { getRendition } from '../../shared/api/images/get-rendition.ts';
import { listImages } from '../../shared/api/images/list-images.ts';
import { reprocessImage } from '../../shared/api/images/reprocess-image.ts';
import { createUpload } from '../../shared/api/uploads/create-upload.ts';
import { getUsage } from '../../shared/api/usage/get-usage.ts';
import { createS3Client, createSnsClient, createTableClient } from '../../shared/aws/clients.ts';
import { createImageEvents } from '../../shared/aws/image-events-topic.ts';
import { createImageTable } from '../../shared/aws/image-table.ts';
import { createOwnerLedger } from '../../shared/aws/owner-ledger.ts';
import { createOwnersImages } from '../../shared/aws/owners-images.ts';
import { createOwnersRemovals } from '../../shared/aws/owners-removals.ts';
import { createRenditionStore } from '../../shared/aws/rendition-store.ts';
import { createTaskRestarts } from '../../shared/aws/task-restarts.ts';
import { createUploadSigner } from '../../shared/aws/upload-signer.ts';
import { createUploadedOriginals } from '../../shared/aws/uploaded-originals.ts';
import { createUploadsTopic } from '../../shared/aws/uploads-topic.ts';
import { createUrlSigner } from '../../shared/aws/url-signer.ts';
import { readConfig } from '../../shared/config.ts';
import { unowned } from '../../shared/domain/image-record.ts';
import { type Task, tasks } from '../../shared/domain/tasks.ts';
import { variants } from '../../shared/domain/variants.ts';
import { createRenditionObjects } from '../../shared/processing/rendition-objects.ts';
import { AwsCalls } from '../delivery/support/aws-calls.ts';
import { type Pipeline, startPipeline } from '../delivery/support/pipeline.ts';
import { lambdaContext, sqsEvent } from '../support/events.ts';
import { noLimits } from '../support/quotas.ts';

type Counts = Record<string, number>;

let pipeline: Pipeline;
let documented: Map<string, Counts>;

beforeAll(async () => {
  pipeline = await startPipeline();
  documented = await documentedCalls();
});
afterAll(() => pipeline.stop());

describe('the AWS calls of one image', () => {
  it.each([
    ['renditions', 'metadata'],
    ['metadata', 'renditions'],
  ] as const)('are those of docs/aws-calls.md when %s settles first', async (first, last) => {
    const body = await photo();
    const imageId = await pipeline.issue('own-1', body.byteLength);
    await pipeline.putOriginal(imageId, body);

    const ofFirst = await callsOf(first);
    const ofLast = await callsOf(last);

    expect(ofFirst).toEqual(documented.get(first));
    expect(ofLast).toEqual(sum(documented.get(last), documented.get('last worker')));
    await pipeline.imageEvents();
  });

  it('are those of docs/aws-calls.md for the API', async () => {
    const calls = new AwsCalls();
    const client = calls.watch(createTableClient());
    const table = createImageTable(client, readConfig('metadata').IMAGES_TABLE);
    const s3 = createS3Client();
    const sign = createUploadSigner(s3, 'originals', 900);
    const ledger = createOwnerLedger(client, readConfig('metadata').IMAGES_TABLE);
    const dependencies = { table, ledger, limits: noLimits, sign, maxBytes: 1e6 };
    const request = { contentType: 'image/jpeg', contentLength: 1000 };
    await createUpload(dependencies, 'local', request);
    void calls.start();

    const { body } = await createUpload(dependencies, 'local', request);
    const ofCreate = countsOf(calls.names);
    void calls.start();
    const { imageId } = body as { imageId: string };
    const query = {};
    const signUrls = createUrlSigner(s3, 'renditions');
    await getImage({ table, signUrls }, 'local', { imageId, query });

    expect(ofCreate).toEqual(documented.get('createUpload'));
    expect(countsOf(calls.names)).toEqual(documented.get('getImage'));

    void calls.start();
    const wanted = { imageId, variant: 'thumb' };
    await expect(getRendition({ table, signUrls }, 'local', wanted)).rejects.toMatchObject({
      code: 'rendition-not-found',
    });

    expect(countsOf(calls.names)).toEqual(documented.get('getRendition'));

    void calls.start();
    const images = createOwnersImages(client, readConfig('metadata').IMAGES_TABLE);
    await listImages({ images, signUrls, cursors: createCursors('key') }, 'local', query);

    expect(countsOf(calls.names)).toEqual(documented.get('listImages'));

    void calls.start();
    await getUsage({ ledger, limits: noLimits }, 'local');

    expect(countsOf(calls.names)).toEqual(documented.get('getUsage'));
  });
});

it('the AWS calls of doing an image again and of deleting it are those of docs/aws-calls.md', async () => {
  const imageId = randomUUID().replace(/^(.{14})./, '$17');
  await pipeline.putOriginal(imageId, await photo());
  for (const task of tasks) await callsOf(task);
  const calls = new AwsCalls();
  const client = calls.watch(createTableClient());
  const s3 = calls.watch(createS3Client());
  const { IMAGES_TABLE, IMAGE_EVENTS_TOPIC_ARN } = readConfig('metadata');
  const renditions = createRenditionStore(s3, readConfig('renditions').RENDITIONS_BUCKET);
  const uploads = createUploadedOriginals(s3, pipeline.originalsBucket);
  const sns = calls.watch(createSnsClient());
  const table = createImageTable(client, IMAGES_TABLE);
  const stale = {
    table,
    ledger: createOwnerLedger(client, IMAGES_TABLE),
    limits: noLimits,
    restarts: createTaskRestarts(client, IMAGES_TABLE),
    republish: createUploadsTopic(sns, pipeline.uploadsTopic).republish,
    revisions: { renditions: 'another', metadata: 'another' },
  };
  const dependencies = {
    table,
    ledger: createOwnerLedger(client, IMAGES_TABLE),
    removals: createOwnersRemovals(client, IMAGES_TABLE),
    objects: createRenditionObjects(renditions, uploads, variants),
    imageEvents: createImageEvents(sns, IMAGE_EVENTS_TOPIC_ARN),
  };

  void calls.start();
  await reprocessImage(stale, unowned, imageId);

  expect(countsOf(calls.names)).toEqual(documented.get('reprocessImage'));

  void calls.start();
  await deleteImage(dependencies, unowned, imageId);

  expect(countsOf(calls.names)).toEqual(documented.get('deleteImage'));
});

it('a hundred sequential calls use one connection', async () => {
  let sockets = 0;
  const server = createServer((_, response) => response.writeHead(404, { 'content-length': 0 }).end());
  server.on('connection', () => {
    sockets += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { config } = createS3Client();
  const client = new S3Client({
    endpoint,
    forcePathStyle: true,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    requestHandler: config.requestHandler,
  });
  const uploads = createUploadedOriginals(client, 'originals');

  for (let call = 0; call < 100; call += 1) await uploads.find('nobody');

  expect(sockets).toBe(1);
  client.destroy();
  server.close();
});

async function callsOf(task: Task): Promise<Counts> {
  const messages = await pipeline.receive(pipeline.queues[task]);
  void pipeline.calls.start();
  const response = await pipeline.workers[task](sqsEvent(messages), lambdaContext());
  const counts = countsOf(pipeline.calls.names);
  await pipeline.settleBatch(task, messages, response);
  return counts;
}

function countsOf(names: readonly string[]): Counts {
  const counts: Counts = {};
  for (const name of names) {
    const call = name.replace(/Command$/, '');
    counts[call] = (counts[call] ?? 0) + 1;
  }
  return counts;
}

function sum(one: Counts = {}, other: Counts = {}): Counts {
  const total = { ...one };
  for (const [call, times] of Object.entries(other)) total[call] = (total[call] ?? 0) + times;
  return total;
}

/** Rows of the page's first table. */
async function documentedCalls(): Promise<Map<string, Counts>> {
  const page = await readFile('docs/aws-calls.md', 'utf8');
  const counts = new Map<string, Counts>();
  for (const [, by = '', call = '', times] of page.matchAll(/^\| (\w[\w ]*) \| \w+ \| (\w+) \| (\d+) \|/gm)) {
    counts.set(by, { ...counts.get(by), [call]: Number(times) });
  }
  expect([...counts.keys()]).toEqual(expect.arrayContaining([...tasks, 'last worker']));
  return counts;
}

/** Large enough for every variant, noisy enough not to be a few bytes. */
function photo(): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 30 };
  return sharp({ create: { width: 1800, height: 1200, channels: 3, background: '#777777', noise } })
    .jpeg()
    .toBuffer();
}
