// Renditions behind an edge: whoever was given an image's URLs sees that image, for an hour, and no other one.

import { generateKeyPairSync, Sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { makeKeyPair } from '../../scripts/delivery-keys/key-pair.ts';
import { createImageUrls } from '../../shared/aws/image-urls.ts';
import { imageId, now } from '../unit/support/worker-world.ts';
import {
  type EdgeWorld,
  key,
  otherId,
  recordOf,
  renditionsOf,
  signing,
  startEdgeWorld,
  url,
} from './support/edge-world.ts';

const hourMilliseconds = 3_600_000;
const nextKey = makeKeyPair();
const unsigned = { DELIVERY_KEY_ID: '', DELIVERY_PRIVATE_KEY: '' };

let world: EdgeWorld;

beforeEach(async () => {
  world = await startEdgeWorld();
});
afterEach(() => world.stop());

describe('an image’s URLs', () => {
  it('open every rendition of it, and all with one signature', async () => {
    const urls = await world.urlsOf(imageId);

    expect(urls.length).toBeGreaterThan(1);
    const answers = await Promise.all(urls.map((address) => world.get(address)));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      renditionsOf(imageId).map((rendition) => [200, rendition.key]),
    );
    expect(new Set(urls.map((address) => new URL(address).searchParams.get('Signature'))).size).toBe(1);
  });

  it('are the same when signed again as of the same moment, and are answered from the cache', async () => {
    const [first = ''] = await world.urlsOf(imageId);
    await world.get(first);

    const [again = ''] = await world.urlsOf(imageId);

    expect(again).toBe(first);
    expect(await world.get(again)).toMatchObject({ status: 200, isHit: true });
    expect(world.reads).toHaveLength(1);
  });

  it('open no other image, whose own ones do', async () => {
    const [own = ''] = await world.urlsOf(imageId);
    const [other = ''] = await world.urlsOf(otherId);
    const moved = new URL(other);
    moved.search = new URL(own).search;

    expect(await world.statusOf(moved.href)).toBe(403);
    expect(await world.statusOf(other)).toBe(200);
  });

  it('open nothing when they are an hour old, cached or not', async () => {
    const [address = '', another = ''] = await world.urlsOf(imageId);
    world.setClock(new Date(now.getTime() + hourMilliseconds - 1000));
    expect(await world.statusOf(address)).toBe(200);

    world.setClock(new Date(now.getTime() + hourMilliseconds));

    expect(await world.statusOf(address)).toBe(403);
    expect(await world.statusOf(another)).toBe(403);
  });

  it.each([
    ['without a signature', (address: URL) => (address.search = '')],
    ['with a policy that somebody else wrote', (address: URL) => address.searchParams.set('Policy', 'e30_')],
    ['of a key that nobody trusts', (address: URL) => address.searchParams.set('Key-Pair-Id', 'K9')],
  ])('open nothing %s', async (_what, change) => {
    const [address = ''] = await world.urlsOf(imageId);
    expect(await world.statusOf(address)).toBe(200);
    const changed = new URL(address);
    change(changed);

    expect(await world.statusOf(changed.href)).toBe(403);
  });

  it('open the image while a key is replaced, whichever of the two has signed', async () => {
    world.trust({ K1: key.publicKey, K2: nextKey.publicKey });
    const [old = ''] = await world.urlsOf(imageId);
    const [fresh = ''] = await world.urlsOf(imageId, signing('K2', nextKey));

    expect([await world.statusOf(old), await world.statusOf(fresh)]).toEqual([200, 200]);

    world.trust({ K2: nextKey.publicKey });
    expect([await world.statusOf(old), await world.statusOf(fresh)]).toEqual([403, 200]);
  });

  it('have no query where renditions are public', async () => {
    const sign = createImageUrls(world.s3, { ...signing(), ...unsigned });
    world.trust({});

    const { renditions } = await sign({ renditions: renditionsOf(imageId) }, now);

    const [rendition] = renditionsOf(imageId);
    expect(renditions.get(rendition?.key ?? '')).toBe(`${url}/${rendition?.key}`);
    expect(await world.statusOf(`${url}/${rendition?.key}`)).toBe(200);
  });

  it('are pre-signed where there is no distribution; the original’s is in either case', async () => {
    const config = { ...signing(), ...unsigned };
    const without = await createImageUrls(world.s3, { ...config, DELIVERY_URL: '' })(recordOf(imageId), now);
    const withOne = await createImageUrls(world.s3, config)(recordOf(imageId), now);

    expect([...without.renditions.values()].every((address) => address.includes('X-Amz-Signature='))).toBe(
      true,
    );
    expect(without.original).toContain('X-Amz-Signature=');
    expect(withOne.original).toBe(without.original);
  });

  it('are none where it has no renditions yet', async () => {
    const { original } = recordOf(imageId);

    const { renditions } = await createImageUrls(world.s3, signing())({ ...(original && { original }) }, now);

    expect([...renditions]).toEqual([]);
  });
});

it('an image costs one signature, however many renditions it has', async () => {
  const sign = createImageUrls(world.s3, signing());
  const signed = vi.spyOn(Sign.prototype, 'sign');
  onTestFinished(() => signed.mockRestore());

  await sign({ renditions: renditionsOf(imageId) }, now);

  expect(signed).toHaveBeenCalledTimes(1);
});

it('100 images have 100 signatures', async () => {
  const images = Array.from({ length: 100 }, (_, index) =>
    renditionsOf(`${imageId.slice(0, -3)}${100 + index}`),
  );
  const sign = createImageUrls(world.s3, signing());

  const signed = await Promise.all(images.map((renditions) => sign({ renditions }, now)));

  const urls = signed.flatMap(({ renditions }) => [...renditions.values()]);
  expect(urls).toHaveLength(100 * renditionsOf(imageId).length);
  expect(new Set(urls.map((one) => new URL(one).searchParams.get('Signature'))).size).toBe(100);
});

it('a key that is no key of RSA is refused when a function starts', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const broken = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64').slice(9);

  expect(() => createImageUrls(world.s3, { ...signing(), DELIVERY_PRIVATE_KEY: broken })).toThrow();
});
