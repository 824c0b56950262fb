// Renditions behind an edge: whoever was given an image's URLs sees that image, for an hour, and nothing once it is deleted.
// The edge verifies signatures by itself and reads from the local S3.

import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeKeyPair } from '../../scripts/delivery-keys/key-pair.ts';
import { deleteImage } from '../../shared/api/images/delete-image.ts';
import { createImageUrls } from '../../shared/aws/image-urls.ts';
import { createRenditionCaches } from '../../shared/aws/rendition-caches.ts';
import { createRenditionStore } from '../../shared/aws/rendition-store.ts';
import type { ImageRecord } from '../../shared/domain/image-record.ts';
import { renditionKeys } from '../../shared/domain/object-keys.ts';
import type { StoredRendition } from '../../shared/domain/stored-rendition.ts';
import { variants } from '../../shared/domain/variants.ts';
import { createRenditionObjects } from '../../shared/processing/rendition-objects.ts';
import { type ListeningS3, listenLocalS3 } from '../conformance/support/listening-s3.ts';
import { ready, sequencer } from '../support/image-records.ts';
import { createLocalEdge, type LocalEdge } from '../support/local-edge.ts';
import { createRecordedClients } from '../unit/support/recorded-clients.ts';
import { createWorld, imageId, now } from '../unit/support/worker-world.ts';

const bucket = 'renditions-bucket';
const url = 'https://images.example';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const otherId = '0199a3c4-7b1e-7c2d-8f3a-000000000002';
const hourMilliseconds = 3_600_000;
const [key, nextKey] = [makeKeyPair(), makeKeyPair()];

const renditionsOf = (of: string): StoredRendition[] =>
  renditionKeys(of, sequencer, variants).map((name) => ({
    ...{ variant: 'thumb', format: 'webp', contentType: 'image/webp', width: 1, height: 1, frames: 1 },
    ...{ bytes: 1, key: name },
  }));
const recordOf = (of: string, changes: Partial<ImageRecord> = {}) =>
  ready({
    ...{ imageId: of, sequencer, renditions: renditionsOf(of) },
    original: { bucket: 'photos', key: `originals/${of}`, eTag: 'e', bytes: 5 },
    ...changes,
  });

let folder: string;
let listening: ListeningS3;
let s3: S3Client;
let edge: LocalEdge;
let clock: Date;
let reads: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edge-'));
  const region = 'eu-central-1';
  listening = await listenLocalS3({ dataDir: folder, credentials, region, publish: async () => {} });
  s3 = new S3Client({
    ...{ region, credentials, endpoint: listening.endpoint, forcePathStyle: true },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const store = createRenditionStore(s3, bucket);
  for (const id of [imageId, otherId]) {
    for (const { key: name } of renditionsOf(id))
      await store.put(name, {
        ...{ variant: 'thumb', format: 'webp', contentType: 'image/webp', width: 1, height: 1, frames: 1 },
        body: Buffer.from(name),
      });
  }
  clock = now;
  reads = [];
  edge = edgeThatTrusts(new Map([['K1', key.publicKey]]));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  s3.destroy();
  await listening.close();
  await rm(folder, { recursive: true });
});

function edgeThatTrusts(trusted: ReadonlyMap<string, string>): LocalEdge {
  return createLocalEdge({
    trusted,
    clock: () => clock,
    async origin(name) {
      reads.push(name);
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: name }));
        return { status: 200, body: (await Body?.transformToString()) ?? '' };
      } catch {
        // What is not there is denied to whoever may not list.
        return { status: 403, body: '' };
      }
    },
  });
}

async function urlsOf(of: string, signer = { id: 'K1', privateKey: key.privateKey }): Promise<string[]> {
  const sign = createImageUrls(s3, {
    ...{ RENDITIONS_BUCKET: bucket, DELIVERY_URL: url },
    ...{ DELIVERY_KEY_ID: signer.id, DELIVERY_PRIVATE_KEY: signer.privateKey },
  });
  return [...(await sign({ renditions: renditionsOf(of) }, now)).renditions.values()];
}

const statusOf = async (address: string) => (await edge.get(address)).status;

describe('an image’s URLs', () => {
  it('open every rendition of it, and all with one signature', async () => {
    const urls = await urlsOf(imageId);

    expect(urls.length).toBeGreaterThan(1);
    const answers = await Promise.all(urls.map((address) => edge.get(address)));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      renditionsOf(imageId).map((rendition) => [200, rendition.key]),
    );
    expect(new Set(urls.map((address) => new URL(address).searchParams.get('Signature'))).size).toBe(1);
  });

  it('are the same when signed again as of the same moment, and are answered from the cache', async () => {
    const [first = ''] = await urlsOf(imageId);
    await edge.get(first);

    const [again = ''] = await urlsOf(imageId);

    expect(again).toBe(first);
    expect(await edge.get(again)).toMatchObject({ status: 200, isHit: true });
    expect(reads).toHaveLength(1);
  });

  it('open no other image, whose own ones do', async () => {
    const [own = ''] = await urlsOf(imageId);
    const [other = ''] = await urlsOf(otherId);
    const moved = new URL(other);
    moved.search = new URL(own).search;

    expect(await statusOf(moved.href)).toBe(403);
    expect(await statusOf(other)).toBe(200);
  });

  it('open nothing when they are an hour old, cached or not', async () => {
    const [address = '', another = ''] = await urlsOf(imageId);
    clock = new Date(now.getTime() + hourMilliseconds - 1000);
    expect(await statusOf(address)).toBe(200);

    clock = new Date(now.getTime() + hourMilliseconds);

    expect(await statusOf(address)).toBe(403);
    expect(await statusOf(another)).toBe(403);
  });

  it.each([
    ['without a signature', (address: URL) => (address.search = '')],
    ['with a policy that somebody else wrote', (address: URL) => address.searchParams.set('Policy', 'e30_')],
    ['of a key that nobody trusts', (address: URL) => address.searchParams.set('Key-Pair-Id', 'K9')],
  ])('open nothing %s', async (_what, change) => {
    const [address = ''] = await urlsOf(imageId);
    expect(await statusOf(address)).toBe(200);
    const changed = new URL(address);
    change(changed);

    expect(await statusOf(changed.href)).toBe(403);
  });

  it('open the image while a key is replaced, whichever of the two has signed', async () => {
    const publicKeys = { K1: key.publicKey, K2: nextKey.publicKey };
    edge = edgeThatTrusts(new Map(Object.entries(publicKeys)));
    const [old = ''] = await urlsOf(imageId);
    const [fresh = ''] = await urlsOf(imageId, { id: 'K2', privateKey: nextKey.privateKey });

    expect([await statusOf(old), await statusOf(fresh)]).toEqual([200, 200]);

    edge = edgeThatTrusts(new Map([['K2', nextKey.publicKey]]));
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([403, 200]);
  });

  it('have no query where renditions are public', async () => {
    const sign = createImageUrls(s3, {
      ...{ RENDITIONS_BUCKET: bucket, DELIVERY_URL: url, DELIVERY_KEY_ID: '', DELIVERY_PRIVATE_KEY: '' },
    });
    edge = edgeThatTrusts(new Map());

    const { renditions } = await sign({ renditions: renditionsOf(imageId) }, now);

    const [rendition] = renditionsOf(imageId);
    expect(renditions.get(rendition?.key ?? '')).toBe(`${url}/${rendition?.key}`);
    expect(await statusOf(`${url}/${rendition?.key}`)).toBe(200);
  });

  it('are pre-signed where there is no distribution; the original’s is in either case', async () => {
    const config = { RENDITIONS_BUCKET: bucket, DELIVERY_KEY_ID: '', DELIVERY_PRIVATE_KEY: '' };
    const without = await createImageUrls(s3, { ...config, DELIVERY_URL: '' })(recordOf(imageId), now);
    const withOne = await createImageUrls(s3, { ...config, DELIVERY_URL: url })(recordOf(imageId), now);

    expect([...without.renditions.values()].every((address) => address.includes('X-Amz-Signature='))).toBe(
      true,
    );
    expect(without.original).toContain('X-Amz-Signature=');
    expect(withOne.original).toBe(without.original);
  });
});

describe('an image that is deleted', () => {
  const owner = 'unowned';

  async function remove(answer?: { status: number; body: string }): Promise<string[]> {
    const clients = createRecordedClients();
    if (answer) clients.answer(answer);
    const world = createWorld();
    if ((await world.record()) === undefined) await world.images.put(recordOf(imageId, { ownerId: owner }));
    const caches = createRenditionCaches(clients.cloudFront, 'EDFDVBD6EXAMPLE');
    const store = createRenditionStore(s3, bucket);
    const dependencies = {
      ...{ table: world.images.table, ledger: world.ledger, removals: world.images.owners },
      ...{ imageEvents: world.imageEvents, clock: () => now },
      objects: createRenditionObjects(store, world.originals, variants, caches),
    };
    const [asked] = await Promise.allSettled([deleteImage(dependencies, owner, imageId)]);
    const paths = clients.sent.flatMap(({ path, body }) => {
      expect(path).toBe('/2020-05-31/distribution/EDFDVBD6EXAMPLE/invalidation');
      return [...body.matchAll(/<Path>(.*?)<\/Path>/g)].map(([, name = '']) => name);
    });
    if (asked.status === 'fulfilled') for (const name of paths) edge.invalidate(name);
    else throw Object.assign(asked.reason as Error, { record: await world.record() });
    expect(world.announcements()).toEqual(['image.deleted']);
    return paths;
  }

  it('is served no longer from where its renditions were cached; another one still is', async () => {
    const urls = await urlsOf(imageId);
    const [other = ''] = await urlsOf(otherId);
    for (const address of [...urls, other]) await edge.get(address);
    expect((await edge.get(urls[0] ?? '')).isHit).toBe(true);

    expect(await remove()).toEqual([`/renditions/${imageId}/*`]);

    for (const address of urls) expect(await statusOf(address)).toBe(403);
    expect((await edge.get(other)).isHit).toBe(true);
  });

  it('stays overdue and is told to nobody while the distribution has too much to forget already', async () => {
    const body =
      '<ErrorResponse><Error><Type>Sender</Type><Code>TooManyInvalidationsInProgress</Code><Message>Later</Message></Error></ErrorResponse>';

    await expect(remove({ status: 400, body })).rejects.toMatchObject({
      ...{ name: 'TransientFailure', code: 'dependency-unavailable' },
      record: { removed: { byOwner: true }, overdueAt: expect.anything() },
    });
  });
});

it('100 images cost 100 signatures, however many renditions they have', async () => {
  const images = Array.from({ length: 100 }, (_, index) =>
    renditionsOf(`${imageId.slice(0, -3)}${100 + index}`),
  );
  const sign = createImageUrls(s3, {
    ...{ RENDITIONS_BUCKET: bucket, DELIVERY_URL: url },
    ...{ DELIVERY_KEY_ID: 'K1', DELIVERY_PRIVATE_KEY: key.privateKey },
  });

  const signed = await Promise.all(images.map((renditions) => sign({ renditions }, now)));

  const urls = signed.flatMap(({ renditions }) => [...renditions.values()]);
  expect(urls).toHaveLength(100 * renditionsOf(imageId).length);
  expect(new Set(urls.map((one) => new URL(one).searchParams.get('Signature'))).size).toBe(100);
});

it('a key that is no key of RSA is refused when a function starts', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const broken = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64').slice(9);
  const config = { RENDITIONS_BUCKET: bucket, DELIVERY_URL: url, DELIVERY_KEY_ID: 'K1' };

  expect(() => createImageUrls(s3, { ...config, DELIVERY_PRIVATE_KEY: broken })).toThrow();
});
