// What the laptop's page is answered about queues, dead letter messages and images, over real queues and a real table.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import openOperations from '../../scripts/operations-page/operations-page.ts';
import type * as page from '../../web/src/operations/answers.ts';
import { addFailed, addMalformed, addRejected, drainAll } from './dead-letter-messages.ts';
import { useOperationsCloud } from './operations-cloud.ts';

const cloud = useOperationsCloud();
const server = createServer();

beforeAll(async () => {
  const { stage, endpoint, dataDir } = cloud;
  const handle = await openOperations({ stage: stage.name, region: stage.region, endpoint, dataDir });
  server.on('request', (request, response) => void handle(request, response));
  await new Promise<void>((fulfil) => server.listen(0, '127.0.0.1', fulfil));
});
afterEach(() => drainAll(cloud));
afterAll(() => server.close());

async function ask<Answer = page.ProblemAnswer>(path: string, body?: object) {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/page/operations/${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Answer };
}

describe('the operator’s view of the laptop', () => {
  it('counts every queue without looking at a message', async () => {
    await addRejected(cloud);
    await addMalformed(cloud);

    const { body } = await ask('queues');

    const none = { waiting: 0, inFlight: 0, delayed: 0 };
    expect(body).toMatchObject({
      stage: 'test',
      workers: [
        { task: 'renditions', source: none, dlq: { name: 'darkroom-test-renditions-dlq', waiting: 1 } },
        { task: 'metadata', source: none, dlq: none },
      ],
      rejections: { name: 'darkroom-test-rejections', waiting: 1, inFlight: 0 },
    });
  });

  it('groups what was put aside by queue and code, names the images, and leaves everything where it was', async () => {
    const imageIds = [uuidv7(), uuidv7()];
    for (const imageId of imageIds) await addRejected(cloud, imageId);
    const failed = uuidv7();
    await addFailed(cloud, failed);

    const { body } = await ask<page.DeadLettersAnswer>('dead-letters');

    expect(body).toMatchObject({ isComplete: true, unseen: 0 });
    expect(body.groups).toMatchObject([
      { kind: 'rejections', task: null, code: 'corrupt-image', messages: 2, imageCount: 2 },
      { kind: 'dlq', task: 'metadata', code: 'dependency-unavailable', messages: 1, imageCount: 1 },
    ]);
    expect(body.groups[0]?.images.map(({ imageId }) => imageId).toSorted()).toEqual(imageIds);
    expect(body.groups[1]?.images).toMatchObject([{ imageId: failed, status: 'failed', thumbnail: null }]);
    expect(await cloud.count(cloud.stage.rejections)).toEqual({ visible: 2, inFlight: 0, delayed: 0 });
  });

  it('sees all of it, though many look at the same moment', async () => {
    for (let index = 0; index < 12; index += 1) await addRejected(cloud);

    const looks = await Promise.all(
      Array.from({ length: 4 }, () => ask<page.DeadLettersAnswer>('dead-letters')),
    );

    expect(looks.map(({ body }) => body.groups[0]?.messages)).toEqual([12, 12, 12, 12]);
  });

  it('redrives one code of one queue, or one image, and nothing else', async () => {
    const imageId = uuidv7();
    await addRejected(cloud);
    await addRejected(cloud, uuidv7(), 'too-large');
    await addFailed(cloud, imageId);
    const { name: queue } = cloud.stage.rejections;

    const ofCode = await ask('redrive', { queue, code: 'too-large' });
    const ofImage = await ask('redrive', { imageId });

    expect(ofCode.body).toEqual({ redriven: 1, kept: 0, vanished: 0, held: 0 });
    expect(ofImage.body).toEqual({ redriven: 1, kept: 0, vanished: 0, held: 0 });
    expect(await cloud.count(cloud.stage.rejections)).toMatchObject({ visible: 1 });
    expect(await cloud.count(cloud.queuesOf('metadata').source)).toMatchObject({ visible: 2 });
    expect(await cloud.count(cloud.queuesOf('renditions').source)).toMatchObject({ visible: 1 });
  });

  it.each<[string, object]>([
    ['nothing', {}],
    ['a code alone', { code: 'corrupt-image' }],
    ['no code that there is', { queue: 'darkroom-test-rejections', code: 'x' }],
    ['a queue that is none to redrive', { queue: 'darkroom-test-metadata', code: 'corrupt-image' }],
    ['more than it may', { queue: 'darkroom-test-rejections', code: 'corrupt-image', all: true }],
    ['an endless text', { imageId: 'a'.repeat(2000) }],
  ])('redrives nothing when it is asked for %s', async (_what, body) => {
    await addRejected(cloud);

    const { status } = await ask('redrive', body);

    expect(status).toBe(400);
    expect(await cloud.count(cloud.stage.rejections)).toMatchObject({ visible: 1 });
  });

  it('explains an image and traces it as the tool does, and says when there is none', async () => {
    const imageId = uuidv7();
    await addFailed(cloud, imageId);

    const { body } = await ask<page.TraceAnswer>(`images/${imageId}/trace`);
    const unknown = await ask('images/no-such-image/trace');

    expect(body.image).toMatchObject({
      ...{ imageId, status: 'failed', original: null, renditionCount: 0, thumbnail: null },
      putAside: [{ queue: 'darkroom-test-metadata-dlq', code: 'dependency-unavailable' }],
      next: { command: `npm run dlq -- redrive --image ${imageId} --stage test --yes`, canRedrive: true },
    });
    expect(body.image.tasks).toEqual([
      { task: 'renditions', state: 'not begun', receiveCount: 0, code: null },
      { task: 'metadata', state: 'failed', receiveCount: 5, code: 'dependency-unavailable' },
    ]);
    expect(body.timeline).toEqual([]);
    expect(unknown).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(unknown.body.detail).toMatch(/^There is no image no-such-image/);
  });
});
