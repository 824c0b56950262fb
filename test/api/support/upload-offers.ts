// Upload offers as the API makes them, for a bucket of the local S3, and what came of using them.

import { createHash } from 'node:crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { vi } from 'vitest';
import type { SignedForm, SignedPut, SignedUpload } from '../../../shared/api/ports.ts';
import { createUpload } from '../../../shared/api/uploads/create-upload.ts';
import { createUploadSigner } from '../../../shared/aws/upload-signer.ts';
import { originalKey } from '../../../shared/domain/object-keys.ts';
import { useBucket } from '../../conformance/support/bucket.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';
import { createMemoryLedger } from '../../support/memory/owner-ledger.ts';
import { noLimits } from '../../support/quotas.ts';

export const expirySeconds = 900;
export const file = Buffer.from('the bytes of one original');
/** Of the same length. */
export const otherFile = Buffer.from('the bytes of some another');
export const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64');

interface Offered<Upload extends SignedUpload> {
  readonly upload: Upload;
  readonly key: string;
}

/** Opens the local S3 with a bucket for originals before the tests; closes it after them. */
export function useUploadOffers() {
  const bucket = useBucket();
  const { s3, Bucket } = bucket;

  async function offer(method: 'PUT' | 'POST', at: Date): Promise<Offered<SignedUpload>> {
    const client = s3.newClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    const sign = createUploadSigner(client, Bucket, expirySeconds);
    const { table } = createMemoryImages();
    const dependencies = { table, ledger: createMemoryLedger(), limits: noLimits, sign, maxBytes: 1000 };
    vi.useFakeTimers({ now: at, toFake: ['Date'] });
    try {
      const { body } = await createUpload(dependencies, 'owner', {
        ...{ method, contentType: 'image/jpeg', contentLength: file.length, checksumSha256: sha256Of(file) },
      });
      const { imageId, upload } = body as { imageId: string; upload: SignedUpload };
      return { upload, key: originalKey(imageId) };
    } finally {
      vi.useRealTimers();
    }
  }

  return {
    ...bucket,
    secretAccessKey: () => s3.credentials.secretAccessKey,

    async offerPut(at = new Date()): Promise<Offered<SignedPut>> {
      const { upload, key } = await offer('PUT', at);
      if (upload.method !== 'PUT') throw new Error('a PUT was asked for');
      return { upload, key };
    },

    async offerForm(at = new Date()): Promise<Offered<SignedForm>> {
      const { upload, key } = await offer('POST', at);
      if (upload.method !== 'POST') throw new Error('a form was asked for');
      return { upload, key };
    },

    /** What S3 tells of the object; undefined when there is none. */
    async found(Key: string) {
      const head = s3.client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
      return head.catch(() => undefined);
    },
  };
}
