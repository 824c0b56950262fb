// ListObjectsV2: order, prefixes, delimiters, pages and keys that are hard to write down.
import { ListObjectsV2Command, type ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import { refusalOf } from './support/expect-error.ts';
import { sendRaw, signRaw } from './support/raw-http.ts';

const storedKeys = [
  'a b+c%20.txt',
  'a&<>"\'.txt',
  'dir/1',
  'dir/2',
  'dir/sub/1',
  'dir/sub/2',
  'dir0',
  'photos/2025/a.jpg',
  'photos/2026/a.jpg',
  'photos/2026/b.jpg',
  'zeta',
  'Ämter',
  '\uff5e fullwidth',
  '🎞️ film',
];

function byUtf8(keys: readonly string[]): string[] {
  return [...keys].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
}

describe('S3 ListObjectsV2', () => {
  const { s3, Bucket, put } = useBucket();
  const list = (input: Partial<ListObjectsV2CommandInput> = {}) =>
    s3.client.send(new ListObjectsV2Command({ Bucket, ...input }));
  const page = async (input: Partial<ListObjectsV2CommandInput> = {}) => {
    const { Contents = [], CommonPrefixes = [], ...rest } = await list(input);
    return {
      ...rest,
      keys: Contents.map(({ Key = '' }) => Key),
      prefixes: CommonPrefixes.map(({ Prefix = '' }) => Prefix),
    };
  };
  const allPages = async (input: Partial<ListObjectsV2CommandInput>) => {
    const pages = [await page(input)];
    for (let token = pages[0]?.NextContinuationToken; token !== undefined; ) {
      const next = await page({ ...input, ContinuationToken: token });
      pages.push(next);
      token = next.NextContinuationToken;
    }
    return pages;
  };

  beforeAll(async () => {
    for (const Key of storedKeys) await put(Key, Key);
  });

  it('lists all keys in the order of their UTF-8 bytes', async () => {
    const { keys, KeyCount, IsTruncated, MaxKeys } = await page();

    expect(keys).toEqual(byUtf8(storedKeys));
    expect({ KeyCount, IsTruncated, MaxKeys }).toEqual({
      KeyCount: storedKeys.length,
      IsTruncated: false,
      MaxKeys: 1000,
    });
  });

  it('tells size, ETag, time and class of each object', async () => {
    const { Contents = [] } = await list({ Prefix: 'zeta' });

    expect(Contents).toMatchObject([
      { Size: 4, ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/), StorageClass: 'STANDARD' },
    ]);
    expect(Contents[0]?.LastModified).toBeInstanceOf(Date);
  });

  it('keeps to a prefix', async () => {
    expect((await page({ Prefix: 'dir/' })).keys).toEqual(['dir/1', 'dir/2', 'dir/sub/1', 'dir/sub/2']);
    expect((await page({ Prefix: 'none/' })).KeyCount).toBe(0);
  });

  it('folds keys at the delimiter', async () => {
    const top = await page({ Delimiter: '/' });
    const inner = await page({ Prefix: 'dir/', Delimiter: '/' });

    expect(top.prefixes).toEqual(['dir/', 'photos/']);
    expect(top.keys).toEqual(byUtf8(storedKeys.filter((key) => !key.includes('/'))));
    expect(inner).toMatchObject({ keys: ['dir/1', 'dir/2'], prefixes: ['dir/sub/'], KeyCount: 3 });
  });

  it('folds at a delimiter of several characters', async () => {
    expect((await page({ Prefix: 'photos', Delimiter: '/a.' })).prefixes).toEqual([
      'photos/2025/a.',
      'photos/2026/a.',
    ]);
  });

  it.each([1, 2, 3, 5, 13, 14])('pages through all keys %i at a time', async (MaxKeys) => {
    const pages = await allPages({ MaxKeys });

    expect(pages.flatMap(({ keys }) => keys)).toEqual(byUtf8(storedKeys));
    expect(pages.slice(0, -1).every(({ KeyCount }) => KeyCount === MaxKeys)).toBe(true);
    expect(pages.map(({ IsTruncated }) => IsTruncated)).toEqual([...pages.slice(1).map(() => true), false]);
  });

  it.each([1, 2, 3])('pages through folded keys %i at a time, each prefix once', async (MaxKeys) => {
    const pages = await allPages({ MaxKeys, Delimiter: '/' });

    expect(pages.flatMap(({ prefixes }) => prefixes)).toEqual(['dir/', 'photos/']);
    expect(pages.flatMap(({ keys }) => keys)).toEqual(byUtf8(storedKeys.filter((key) => !key.includes('/'))));
  });

  it('starts after a key, there or not', async () => {
    expect((await page({ StartAfter: 'dir/2', Prefix: 'dir' })).keys).toEqual([
      'dir/sub/1',
      'dir/sub/2',
      'dir0',
    ]);
    expect((await page({ StartAfter: 'dir/3', Prefix: 'dir/' })).keys).toEqual(['dir/sub/1', 'dir/sub/2']);
  });

  it('answers no keys when asked for none', async () => {
    expect(await page({ MaxKeys: 0 })).toMatchObject({ keys: [], IsTruncated: false, KeyCount: 0 });
  });

  it('encodes keys on request', async () => {
    const { Contents = [], EncodingType, Prefix } = await list({ EncodingType: 'url', Prefix: 'a b' });

    expect({ EncodingType, Prefix }).toEqual({ EncodingType: 'url', Prefix: 'a+b' });
    expect(Contents[0]?.Key).toBe('a+b%2Bc%2520.txt');
  });

  it('refuses a wrong count, encoding or token', async () => {
    const ask = async (query: Record<string, string>) =>
      sendRaw(
        await signRaw(s3, { method: 'GET', path: `/${Bucket}`, query: { 'list-type': '2', ...query } }),
      );

    for (const query of [{ 'max-keys': 'ten' }, { 'max-keys': '-1' }, { 'encoding-type': 'hex' }]) {
      expect(await ask(query)).toMatchObject({ status: 400, code: 'InvalidArgument' });
    }
    expect(await ask({ 'continuation-token': 'made-up' })).toMatchObject({
      status: 400,
      code: 'InvalidArgument',
    });
  });

  it('answers NoSuchBucket for a bucket that is not there', async () => {
    expect(await refusalOf(list({ Bucket: `${Bucket}-not` }))).toMatchObject({ code: 'NoSuchBucket' });
  });

  it('agrees with a plain filter and sort for any prefix, start and page', async () => {
    const piece = fc.constantFrom('', 'a', 'd', 'dir', 'dir/', 'dir/s', 'p', 'photos/2026/', 'z', 'Ä', '🎞');

    await fc.assert(
      fc.asyncProperty(piece, piece, fc.integer({ min: 1, max: 6 }), async (Prefix, StartAfter, MaxKeys) => {
        const pages = await allPages({ Prefix, StartAfter: StartAfter || undefined, MaxKeys });
        const expected = byUtf8(storedKeys).filter((key) => {
          return key.startsWith(Prefix) && Buffer.compare(Buffer.from(key), Buffer.from(StartAfter)) > 0;
        });
        expect(pages.flatMap(({ keys }) => keys)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});
