// Uploads the layers of the template that the bucket of deployments does not have. Their names follow from their content: one
// that is there is the same.

import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly Content?: { readonly S3Key?: string } };
}

/**
 * @param folder where the packaging put the layers' zips
 * @throws the service's error, or that of a zip which is not there
 */
export async function uploadLayers(
  resources: Readonly<Record<string, Resource>>,
  folder: string,
  Bucket: string,
  config: S3ClientConfig,
): Promise<void> {
  const client = new S3Client(config);
  for (const { Type, Properties } of Object.values(resources)) {
    const Key = Properties?.Content?.S3Key;
    if (Type !== 'AWS::Lambda::LayerVersion' || Key === undefined) continue;
    if (await isThere(client, Bucket, Key)) continue;
    const Body = await readFile(join(folder, basename(Key)));
    await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/zip' }));
  }
  client.destroy();
}

async function isThere(client: S3Client, Bucket: string, Key: string): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand({ Bucket, Key }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}
