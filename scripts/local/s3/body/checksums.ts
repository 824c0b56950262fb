// The checksum algorithms S3 verifies and stores, each as a running digest that ends in base64.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Crc32cJs, Crc64NvmeJs } from '@aws-sdk/checksums/crc';

export interface RunningDigest {
  update(chunk: Buffer): void;
  base64(): Promise<string>;
}

/** Start functions by algorithm; `bytes` is the length of the raw value. */
export const checksumAlgorithms = {
  crc32: { bytes: 4, start: crc32Digest },
  crc32c: { bytes: 4, start: () => sdkDigest(new Crc32cJs()) },
  crc64nvme: { bytes: 8, start: () => sdkDigest(new Crc64NvmeJs()) },
  sha1: { bytes: 20, start: () => hashDigest('sha1') },
  sha256: { bytes: 32, start: () => hashDigest('sha256') },
} as const satisfies Record<string, { bytes: number; start: () => RunningDigest }>;

export type ChecksumAlgorithm = keyof typeof checksumAlgorithms;

export function isChecksumAlgorithm(name: string): name is ChecksumAlgorithm {
  return Object.hasOwn(checksumAlgorithms, name);
}

/** The MD5 that every object needs for its ETag. */
export function startMd5(): RunningDigest {
  return hashDigest('md5');
}

/** True when the text is canonical base64 of exactly so many bytes. */
export function isBase64Of(text: string, bytes: number): boolean {
  const raw = Buffer.from(text, 'base64');
  return raw.length === bytes && raw.toString('base64') === text;
}

function hashDigest(algorithm: 'md5' | 'sha1' | 'sha256'): RunningDigest {
  const hash = createHash(algorithm);
  return {
    update: (chunk) => void hash.update(chunk),
    base64: async () => hash.digest('base64'),
  };
}

function crc32Digest(): RunningDigest {
  let value = 0;
  return {
    update: (chunk) => {
      value = crc32(chunk, value);
    },
    base64: async () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes.toString('base64');
    },
  };
}

function sdkDigest(checksum: {
  update(data: Uint8Array): void;
  digest(): Promise<Uint8Array>;
}): RunningDigest {
  return {
    update: (chunk) => checksum.update(chunk),
    base64: async () => Buffer.from(await checksum.digest()).toString('base64'),
  };
}
