// The S3 that the conformance suite talks to: a local one of its own in a temporary folder,
// or, when AWS_ENDPOINT_URL is set, whatever listens there, with the environment's credentials.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectsV2Command,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { listenLocalS3 } from './listening-s3.ts';

export interface Published {
  readonly topicArn: string;
  readonly message: string;
}

export interface Endpoint {
  readonly url: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly client: S3Client;
  /** What the local S3 published so far; stays empty for another endpoint. */
  readonly published: readonly Published[];
  newClient(config?: S3ClientConfig): S3Client;
  /** @param name a new one when absent */
  createBucket(name?: string): Promise<string>;
  close(): Promise<void>;
}

const externalUrl = process.env['AWS_ENDPOINT_URL'];

/** True when the suite runs against an endpoint it did not start. */
export const isExternal = externalUrl !== undefined;

const localCredentials = {
  accessKeyId: 'AKIALOCALCONFORMANCE',
  secretAccessKey: 'local/secret+conformance',
};

/** Starts or finds the S3 to test; buckets made through it are gone after `close`. */
export async function openEndpoint(
  options: { bodyIdleMs?: number; region?: string } = {},
): Promise<Endpoint> {
  const published: Published[] = [];
  const target = externalUrl === undefined ? await startLocal(published, options) : pointAt(externalUrl);
  const { url, region, credentials } = target;
  const newClient = (config: S3ClientConfig = {}): S3Client =>
    new S3Client({ endpoint: url, region, credentials, forcePathStyle: true, maxAttempts: 1, ...config });
  const client = newClient();
  const buckets: string[] = [];
  return {
    url,
    region,
    credentials,
    client,
    published,
    newClient,
    createBucket: async (Bucket = `conformance-${randomUUID()}`) => {
      await client.send(new CreateBucketCommand({ Bucket }));
      buckets.push(Bucket);
      return Bucket;
    },
    close: async () => {
      if (isExternal) for (const bucket of buckets) await emptyAndDelete(client, bucket);
      client.destroy();
      await target.stop();
    },
  };
}

async function startLocal(
  published: Published[],
  { bodyIdleMs = 20_000, region = 'eu-west-1' }: { bodyIdleMs?: number; region?: string },
) {
  const dataDir = await mkdtemp(join(tmpdir(), 'local-s3-'));
  const local = await listenLocalS3({
    dataDir,
    credentials: localCredentials,
    region,
    publish: async (topicArn, message) => {
      if (topicArn.endsWith(':missing')) throw new Error('no such topic');
      published.push({ topicArn, message });
    },
    bodyIdleMs,
  });
  const stop = async (): Promise<void> => {
    await local.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: local.endpoint, region, credentials: localCredentials, stop };
}

function pointAt(url: string) {
  return {
    url,
    region: process.env['AWS_REGION'] ?? 'us-east-1',
    credentials: {
      accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
    },
    stop: async () => undefined,
  };
}

async function emptyAndDelete(client: S3Client, Bucket: string): Promise<void> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket, Key }));
  await client.send(new DeleteBucketCommand({ Bucket }));
}
