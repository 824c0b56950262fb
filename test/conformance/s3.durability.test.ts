// Crashes: what was answered stays, what was not yet sent is sent, what was half done is gone.
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLocalS3 } from '../../scripts/local/s3/server.ts';
import { isExternal } from './support/endpoint.ts';
import { listenLocalS3 } from './support/listening-s3.ts';
import { type ServerChild, startServerChild } from './support/server-child.ts';

const Bucket = 'durable';
const timeoutMs = 20_000;

function keysIn(messages: readonly string[]): string[] {
  return messages.flatMap((message) => {
    const records: { eventName: string; s3: { object: { key: string } } }[] =
      JSON.parse(message).Records ?? [];
    return records.map((record) => `${record.eventName} ${record.s3.object.key}`);
  });
}

describe.skipIf(isExternal)(
  'a local S3 that is killed (skipped for another endpoint)',
  { timeout: timeoutMs },
  () => {
    let dataDir: string;
    let child: ServerChild | undefined;

    const start = async (topics: 'up' | 'down'): Promise<ServerChild> => {
      child = await startServerChild(dataDir, topics);
      return child;
    };
    const configure = async ({ client }: ServerChild): Promise<void> => {
      await client.send(new CreateBucketCommand({ Bucket }));
      await client.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket,
          SkipDestinationValidation: true,
          NotificationConfiguration: {
            TopicConfigurations: [
              {
                TopicArn: 'arn:aws:sns:eu-west-1:000000000000:uploads',
                Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'],
              },
            ],
          },
        }),
      );
    };
    const put = ({ client }: ServerChild, Key: string, Body = Key) =>
      client.send(new PutObjectCommand({ Bucket, Key, Body }));

    beforeEach(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'local-s3-'));
    });
    afterEach(async () => {
      await child?.kill();
      child = undefined;
      await rm(dataDir, { recursive: true, force: true });
    });

    it('sends after the restart what it had not sent before the kill, in order', async () => {
      const first = await start('down');
      await configure(first);
      for (const key of ['a', 'b', 'c']) await put(first, key);
      await first.client.send(new DeleteObjectCommand({ Bucket, Key: 'b' }));
      await first.kill();

      const second = await start('up');

      await vi.waitFor(() => expect(keysIn(second.published)).toHaveLength(4), { timeout: 5000 });
      expect(keysIn(second.published)).toEqual([
        'ObjectCreated:Put a',
        'ObjectCreated:Put b',
        'ObjectCreated:Put c',
        'ObjectRemoved:Delete b',
      ]);
    });

    it('keeps and announces every upload it acknowledged before a kill in the middle of many', async () => {
      const first = await start('up');
      await configure(first);
      const acknowledged: string[] = [];
      const keys = Array.from({ length: 60 }, (_, index) => `many/${index}`);
      const uploads = keys.map((key) =>
        put(first, key, key.repeat(5000)).then(
          () => void acknowledged.push(key),
          () => undefined,
        ),
      );
      await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(8), { interval: 1, timeout: 5000 });
      await first.kill();
      await Promise.all(uploads);

      const second = await start('up');
      const { Contents = [] } = await second.client.send(new ListObjectsV2Command({ Bucket }));
      const announced = () => keysIn([...first.published, ...second.published]);

      expect(acknowledged.length).toBeLessThan(keys.length);
      expect(Contents.map(({ Key }) => Key)).toEqual(expect.arrayContaining(acknowledged));
      await vi.waitFor(
        () =>
          expect(announced()).toEqual(
            expect.arrayContaining(acknowledged.map((key) => `ObjectCreated:Put ${key}`)),
          ),
        { timeout: 5000 },
      );
      for (const { Key = '' } of Contents) {
        const got = await second.client.send(new GetObjectCommand({ Bucket, Key }));
        expect(await got.Body?.transformToString()).toBe(Key.repeat(5000));
      }
    });

    it('removes files that no object points at', async () => {
      await mkdir(join(dataDir, 'objects'));
      await writeFile(join(dataDir, 'objects', 'left-over'), 'half an upload');

      const { kill } = await start('up');
      await kill();

      expect(await readdir(join(dataDir, 'objects'))).toEqual([]);
    });

    it('refuses a data folder that another process has open', async () => {
      await start('up');
      const options = {
        dataDir,
        region: 'eu-west-1',
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        publish: async () => undefined,
      };

      expect(() => createLocalS3(options)).toThrow('database is locked');
    });

    it('retries a topic for ever and holds up no other topic', async () => {
      const received: string[] = [];
      let failures = 0;
      const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
      const s3 = await listenLocalS3({
        dataDir,
        credentials,
        region: 'eu-west-1',
        publish: async (topicArn) => {
          if (topicArn.endsWith('flaky') && failures++ < 3) throw new Error('down');
          received.push(topicArn);
        },
      });
      const client = new S3Client({
        endpoint: s3.endpoint,
        region: 'eu-west-1',
        credentials,
        forcePathStyle: true,
      });
      await client.send(new CreateBucketCommand({ Bucket }));
      const topics = ['flaky', 'steady'].map((name) => ({
        TopicArn: `arn:aws:sns:eu-west-1:000000000000:${name}`,
        Events: ['s3:ObjectCreated:*' as const],
        Filter: { Key: { FilterRules: [{ Name: 'prefix' as const, Value: name }] } },
      }));
      await client.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket,
          SkipDestinationValidation: true,
          NotificationConfiguration: { TopicConfigurations: topics },
        }),
      );

      await client.send(new PutObjectCommand({ Bucket, Key: 'flaky', Body: 'x' }));
      await client.send(new PutObjectCommand({ Bucket, Key: 'steady', Body: 'x' }));

      await vi.waitFor(() => expect(received).toHaveLength(2), { timeout: 5000 });
      await s3.close();
      expect(received.map((topicArn) => topicArn.split(':').at(-1))).toEqual(['steady', 'flaky']);
      expect(failures).toBe(4);
    });
  },
);
