// Two images' renditions in the local S3, behind an edge that verifies signatures by itself.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { makeKeyPair } from '../../../scripts/delivery-keys/key-pair.ts';
import { createImageUrls } from '../../../shared/aws/image-urls.ts';
import { createRenditionStore } from '../../../shared/aws/rendition-store.ts';
import { renditionKeys } from '../../../shared/domain/object-keys.ts';
import type { StoredRendition } from '../../../shared/domain/stored-rendition.ts';
import { variants } from '../../../shared/domain/variants.ts';
import { listenLocalS3 } from '../../conformance/support/listening-s3.ts';
import { ready, sequencer } from '../../support/image-records.ts';
import { createLocalEdge, type LocalEdge } from '../../support/local-edge.ts';
import { imageId, now } from '../../unit/support/worker-world.ts';

export const url = 'https://images.example';
export const otherId = '0199a3c4-7b1e-7c2d-8f3a-000000000002';
/** What the edge trusts, at first under the ID `K1`. */
export const key = makeKeyPair();

const bucket = 'renditions-bucket';
const region = 'eu-central-1';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const thumb = {
  variant: 'thumb',
  format: 'webp',
  contentType: 'image/webp',
  width: 1,
  height: 1,
  frames: 1,
} as const;

export const renditionsOf = (of: string): StoredRendition[] =>
  renditionKeys(of, sequencer, variants).map((name) => ({ ...thumb, bytes: 1, key: name }));

export const recordOf = (of: string) =>
  ready({
    ...{ imageId: of, sequencer, renditions: renditionsOf(of) },
    original: { bucket: 'photos', key: `originals/${of}`, eTag: 'e', bytes: 5 },
  });

/** As a function is told of a distribution. */
export const signing = (id = 'K1', { privateKey }: { readonly privateKey: string } = key) => ({
  ...{ RENDITIONS_BUCKET: bucket, DELIVERY_URL: url },
  ...{ DELIVERY_KEY_ID: id, DELIVERY_PRIVATE_KEY: privateKey },
});

export type EdgeWorld = Awaited<ReturnType<typeof startEdgeWorld>>;

export async function startEdgeWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'edge-'));
  const listening = await listenLocalS3({ dataDir: folder, credentials, region, publish: async () => {} });
  const s3 = new S3Client({
    ...{ region, credentials, endpoint: listening.endpoint, forcePathStyle: true },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const store = createRenditionStore(s3, bucket);
  for (const { key: name } of [imageId, otherId].flatMap(renditionsOf))
    await store.put(name, { ...thumb, body: Buffer.from(name) });

  const reads: string[] = [];
  let clock = now;
  let edge = edgeThatTrusts({ K1: key.publicKey });

  /** @param keys public ones, by ID */
  function edgeThatTrusts(keys: Readonly<Record<string, string>>): LocalEdge {
    return createLocalEdge({
      trusted: new Map(Object.entries(keys)),
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

  return {
    s3,
    store,
    /** Keys that the edge has fetched. */
    reads,
    get: (address: string) => edge.get(address),
    invalidate: (path: string) => edge.invalidate(path),

    /** From here on, with nothing cached. @param keys public ones, by ID */
    trust(keys: Readonly<Record<string, string>>): void {
      edge = edgeThatTrusts(keys);
    },

    /** What the edge takes for now. */
    setClock(to: Date): void {
      clock = to;
    },

    async urlsOf(of: string, signer = signing()): Promise<string[]> {
      const { renditions } = await createImageUrls(s3, signer)({ renditions: renditionsOf(of) }, now);
      return [...renditions.values()];
    },

    async statusOf(address: string): Promise<number> {
      return (await edge.get(address)).status;
    },

    async stop(): Promise<void> {
      s3.destroy();
      await listening.close();
      await rm(folder, { recursive: true });
    },
  };
}
