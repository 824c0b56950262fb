// The whole of it through `npm start`: what a client meets, from the first request to the last rendition.

import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Stack, startStack, temporaryFolder } from '../../scripts/soak/stack.ts';
import { createUploadSigner } from '../../shared/uploads/presign.ts';
import { getImage, type Offer, offerFor, postUpload, put, settled, upload } from './support/client.ts';
import { phonePhoto, photo, truncatedPhoto } from './support/photos.ts';
import { attributesOf, messagesIn } from './support/queues.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let stack: Stack;
let api: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  // Patient enough for a busy machine: nothing here is to be retried.
  const parameters = { workerTimeoutSeconds: 20, visibilityTimeoutSeconds: 120 };
  stack = await startStack({ dataDir: join(folder.path, 'data'), parameters });
  api = stack.api;
});

afterAll(async () => {
  await stack?.kill();
  await folder.remove();
});

describe('a photo', () => {
  test('becomes ready with every rendition as large as its variant says, upright and without metadata', async () => {
    const imageId = await upload(api, await phonePhoto(2000, 1500));

    const image = await settled(api, imageId);

    expect(image).toMatchObject({ imageId, status: 'ready', failure: null });
    const renditions = await Promise.all(
      image.renditions.map(async ({ variant, format, url = '', bytes, width, height }) => {
        const body = Buffer.from(await (await fetch(url)).arrayBuffer());
        const found = await sharp(body).metadata();
        expect(found).toMatchObject({ format, width, height, space: 'srgb' });
        expect([found.exif, found.xmp, found.orientation]).toEqual([undefined, undefined, undefined]);
        expect(body.byteLength).toBe(bytes);
        return `${variant} ${format} ${width}x${height}`;
      }),
    );
    expect(renditions.sort()).toEqual([
      'large webp 1200x1600',
      'medium jpeg 600x800',
      'medium webp 600x800',
      'small webp 240x320',
      'thumb webp 160x160',
    ]);
  });

  test('is described as it is displayed', async () => {
    const file = await phonePhoto(1000, 750);
    const imageId = await upload(api, file);

    const image = await settled(api, imageId);

    expect(image.original).toMatchObject({ contentType: 'image/jpeg', bytes: file.byteLength });
    expect(image.metadata).toMatchObject({
      ...{ format: 'jpeg', width: 750, height: 1000, orientation: 6, hasAlpha: false, frames: 1 },
      capturedAt: '2024-06-01T12:00:00+02:00',
      camera: { make: 'Darkroom', model: 'Pocket' },
      location: { latitude: expect.closeTo(-33.86, 3), longitude: expect.closeTo(151.21, 3) },
    });
    expect(image.placeholder).toEqual({
      thumbHash: expect.stringMatching(/^[\w+/]+=*$/),
      dominantColour: expect.stringMatching(/^#[0-9a-f]{6}$/),
    });
    expect(image.perceptualHash).toMatch(/^[0-9a-f]{16}$/);
  });

  test('comes all the way by the README’s own commands', async () => {
    const readme = await readFile('README.md', 'utf8');
    const [, commands = ''] = /run this block as it is\. -->\n```bash\n([\s\S]*?)```/.exec(readme) ?? [];
    const cwd = join(folder.path, 'readme');
    await mkdir(cwd, { recursive: true });
    await writeFile(join(cwd, 'photo.jpg'), await photo(2400, 1600));
    const { port } = new URL(api);

    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', commands], {
      cwd,
      env: { ...process.env, DARKROOM_API_PORT: port },
    });

    expect(stderr).toBe('');
    expect(stdout).toContain("status: 'ready'");
    expect(await sharp(join(cwd, 'medium.jpg')).metadata()).toMatchObject({ width: 800, height: 533 });
  });
});

describe('the upload URL', () => {
  let file: Buffer;
  let offer: Offer;

  beforeAll(async () => {
    file = await photo(400, 300);
    offer = await offerFor(api, file);
  });

  test('takes one upload, and refuses a second one', async () => {
    const mine = await offerFor(api, file);

    expect((await put(mine.upload, file)).status).toBe(200);
    await expectRefusal(await put(mine.upload, file), 412, 'PreconditionFailed');
  });

  test('refuses an upload when anything that was signed is changed', async () => {
    const otherId = offer.imageId.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const url = offer.upload.url.replace(offer.imageId, otherId);

    await expectRefusal(await put({ ...offer.upload, url }, file), 403, 'SignatureDoesNotMatch');
  });

  test('refuses a file of another length', async () => {
    const larger = Buffer.concat([file, Buffer.alloc(1)]);

    await expectRefusal(await put(offer.upload, larger), 403, 'SignatureDoesNotMatch');
  });

  test('refuses another type', async () => {
    const headers = { ...offer.upload.headers, 'content-type': 'image/png' };

    await expectRefusal(await put({ ...offer.upload, headers }, file), 403, 'SignatureDoesNotMatch');
  });

  test('refuses an upload that could overwrite', async () => {
    const { 'if-none-match': _left, ...headers } = offer.upload.headers;

    await expectRefusal(await put({ ...offer.upload, headers }, file), 403);
  });

  test('refuses bytes that are not those of the promised SHA-256', async () => {
    const checksumSha256 = Buffer.alloc(32, 1).toString('base64');
    const promised = await offerFor(api, file, 'image/jpeg', { checksumSha256 });

    await expectRefusal(await put(promised.upload, file), 400);
  });

  test('refuses everything once it has expired', async () => {
    const bucket = new URL(offer.upload.url).pathname.split('/')[1] ?? '';
    const sign = createUploadSigner(stack.clients.s3, bucket, 60);
    const request = { contentType: 'image/jpeg', contentLength: file.byteLength };

    const expired = await sign(offer.imageId, request, new Date(Date.now() - 61_000));

    await expectRefusal(await put(expired, file), 403, 'AccessDenied');
  });

  test('leaves the image waiting after all these refusals', async () => {
    expect(await getImage(api, offer.imageId)).toMatchObject({ status: 'awaiting-upload', original: null });
  });
});

describe('a file that is at fault', () => {
  test('is rejected with a code, and one message tells so in the renditions DLQ', async () => {
    const imageId = await upload(api, await truncatedPhoto());

    const image = await settled(api, imageId);

    expect(image).toMatchObject({
      status: 'rejected',
      renditions: [],
      failure: { code: 'corrupt-image', task: 'renditions', retryable: false },
    });
    const letters: Record<string, string | undefined>[] = [];
    const look = async () =>
      letters.push(...(await messagesIn(stack, 'darkroom-test-renditions-dlq')).map(attributesOf));
    // The record is settled before the message is moved. Once it is there, a second one would follow at once.
    await vi.waitFor(async () => expect(await look()).toBeGreaterThan(0), { timeout: 10_000, interval: 100 });
    await setTimeout(500);
    await look();
    expect(letters).toEqual([
      {
        ...{ imageId, failureCode: 'corrupt-image', sourceQueue: 'darkroom-test-renditions' },
        failureMessage: image.failure?.message,
      },
    ]);
    expect(await messagesIn(stack, 'darkroom-test-metadata-dlq')).toEqual([]);
  });

  test('is judged by its bytes, not by its claim', async () => {
    const imageId = await upload(api, Buffer.from('This is no picture at all. '.repeat(50)));

    expect(await settled(api, imageId)).toMatchObject({
      status: 'rejected',
      failure: { code: 'unsupported-format' },
    });
  });
});

describe('the API', () => {
  test('says that it is up', async () => {
    const answer = await fetch(`${api}/health`);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ok' });
  });

  test.each([
    ['a body that is no JSON', '{', 400, 'invalid-request'],
    ['a body without a length', { contentType: 'image/jpeg' }, 400, 'invalid-request'],
    ['a length of nothing', { contentType: 'image/jpeg', contentLength: 0 }, 400, 'invalid-request'],
    [
      'a field it does not know',
      { contentType: 'image/jpeg', contentLength: 1, key: 'x' },
      400,
      'invalid-request',
    ],
    ['a type it does not take', { contentType: 'text/html', contentLength: 1 }, 415, 'unsupported-format'],
    ['a file that is too large', { contentType: 'image/jpeg', contentLength: 104_857_601 }, 413, 'too-large'],
  ])('answers %s with a problem', async (_case, body, status, code) => {
    const answer = await postUpload(api, body);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await answer.json()).toMatchObject({ status, code, type: `urn:darkroom:problem:${code}` });
  });

  test('answers 404 for an image that nobody has', async () => {
    const answer = await fetch(`${api}/images/0192f0c0-0000-7000-8000-000000000000`);

    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'image-not-found' });
  });
});

async function expectRefusal(answer: Response, status: number, code?: string): Promise<void> {
  const body = await answer.text();
  expect(answer.status, body).toBe(status);
  if (code) expect(body).toContain(`<Code>${code}</Code>`);
}
