// Large bodies: 100 MB up and down, byte for byte, and without holding them in memory.
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isExternal, openEndpoint } from './support/endpoint.ts';
import { submitForm } from './support/post-form.ts';
import { startServerChild } from './support/server-child.ts';

const chunkBytes = 1024 * 1024;
const chunkCount = 100;
const maxGrowthBytes = 32 * 1024 * 1024;
const timeoutMs = 60_000;

/** 100 MB that repeat nowhere, one MB at a time. */
function* chunks(): Generator<Buffer> {
  const chunk = Buffer.alloc(chunkBytes, 'large body ');
  for (let index = 0; index < chunkCount; index++) {
    chunk.writeUInt32BE(index);
    yield Buffer.from(chunk);
  }
}

function expectedMd5(): string {
  const md5 = createHash('md5');
  for (const chunk of chunks()) md5.update(chunk);
  return md5.digest('hex');
}

async function md5Of(source: AsyncIterable<Uint8Array>): Promise<string> {
  const md5 = createHash('md5');
  for await (const chunk of source) md5.update(chunk);
  return md5.digest('hex');
}

describe('S3 and bodies of 100 MB', { timeout: timeoutMs }, () => {
  let client: S3Client;
  let Bucket: string;
  let growth = async (): Promise<number> => 0;
  let close: () => Promise<void>;
  const md5 = expectedMd5();

  const download = async (Key: string): Promise<string> => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return Body instanceof Readable ? md5Of(Body) : '';
  };

  beforeAll(async () => {
    if (isExternal) {
      const endpoint = await openEndpoint();
      client = endpoint.client;
      Bucket = await endpoint.createBucket();
      close = () => endpoint.close();
      return;
    }
    const dataDir = await mkdtemp(join(tmpdir(), 'local-s3-'));
    const child = await startServerChild(dataDir, 'up');
    client = child.client;
    Bucket = 'large';
    await client.send(new CreateBucketCommand({ Bucket }));
    await client.send(new PutObjectCommand({ Bucket, Key: 'warm-up', Body: 'x' }));
    await child.ask('measure', 'measuring');
    growth = () => child.ask('growth', 'grownBytes');
    close = async () => {
      await child.kill();
      await rm(dataDir, { recursive: true, force: true });
    };
  });
  afterAll(() => close());

  it('takes a streamed PUT and gives it back', async () => {
    const stored = await client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'put',
        Body: Readable.from(chunks()),
        ContentLength: chunkCount * chunkBytes,
      }),
    );

    expect(stored.ETag).toBe(`"${md5}"`);
    expect(await download('put')).toBe(md5);
  });

  it('takes a form and gives it back', async () => {
    const post = await createPresignedPost(client, { Bucket, Key: 'post', Expires: 60 });

    const answer = await submitForm(post, { body: new Blob([...chunks()]) });

    expect(answer.headers.get('etag')).toBe(`"${md5}"`);
    expect(await download('post')).toBe(md5);
  });

  it.skipIf(isExternal)('holds neither in memory (measured in the process of the local S3)', async () => {
    expect(await growth()).toBeLessThan(maxGrowthBytes);
  });
});
