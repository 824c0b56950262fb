// A bucket in the S3 under test, for the tests of one file.
import { randomUUID } from 'node:crypto';
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll } from 'vitest';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { type RawAnswer, type SignOptions, sendRaw, signRaw } from './raw-http.ts';

/** Opens the S3 under test and makes a bucket in it before the tests; closes it after them. */
export function useBucket(options: { bodyIdleMs?: number } = {}) {
  const Bucket = `conformance-${randomUUID()}`;
  // Filled before the first test, so that tests may take it apart where they stand.
  const s3 = {} as Endpoint;

  beforeAll(async () => {
    Object.assign(s3, await openEndpoint(options));
    await s3.createBucket(Bucket);
  });
  afterAll(() => s3.close());

  return {
    s3,
    Bucket,
    put: (Key: string, Body: Buffer | string = 'x', more: Partial<PutObjectCommandInput> = {}) =>
      s3.client.send(new PutObjectCommand({ Bucket, Key, Body, ...more })),
    async read(Key: string): Promise<Buffer> {
      const { Body } = await s3.client.send(new GetObjectCommand({ Bucket, Key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    },
    headOf: (Key: string) => s3.client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' })),
    isStored: (Key: string): Promise<boolean> =>
      s3.client.send(new HeadObjectCommand({ Bucket, Key })).then(
        () => true,
        () => false,
      ),
    /** Signs and sends one request on a key of the bucket, as it is. */
    async send(
      method: string,
      key: string,
      more: Omit<SignOptions, 'method' | 'path'> = {},
    ): Promise<RawAnswer> {
      return sendRaw(await signRaw(s3, { method, path: `/${Bucket}/${key}`, ...more }));
    },
  };
}
