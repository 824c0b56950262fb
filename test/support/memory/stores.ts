// Originals and renditions in memory. They pass the contract that the adapters on S3 pass
// (test/support/contracts/stores.ts).

import { createHash } from 'node:crypto';
import { originalKey } from '../../../shared/domain/object-keys.ts';
import type { EncodedRendition } from '../../../shared/imaging/contract.ts';
import {
  OriginalGone,
  type OriginalStore,
  type RenditionStore,
  type UploadedOriginals,
} from '../../../shared/processing/ports.ts';
import type { OriginalFinder } from '../../../shared/reconcile/ports.ts';

export interface MemoryOriginals extends OriginalStore, OriginalFinder, UploadedOriginals {
  /** Stores an original, as a client or anybody else does. @returns its ETag */
  put(key: string, body: Uint8Array): Promise<string>;
  remove(key: string): Promise<void>;
}

export function createMemoryOriginals(bucket: string): MemoryOriginals {
  const objects = new Map<string, Uint8Array>();
  const eTagOf = (body: Uint8Array) => createHash('md5').update(body).digest('hex');

  function get(key: string, eTag: string): Uint8Array {
    const body = objects.get(key);
    if (body === undefined || eTagOf(body) !== eTag) throw new OriginalGone('The original is another one.');
    return body;
  }

  return {
    async put(key, body) {
      objects.set(key, body);
      return eTagOf(body);
    },

    async remove(key) {
      objects.delete(key);
    },

    async delete(imageId) {
      objects.delete(originalKey(imageId));
    },

    async deleteUnissued(original) {
      if (original.bucket === bucket) objects.delete(original.key);
    },

    fetch: async ({ key, eTag }) => get(key, eTag),

    source({ key, eTag, bytes }) {
      let bytesRead = 0;
      return {
        byteLength: bytes,
        get bytesRead() {
          return bytesRead;
        },
        async read(offset, length) {
          if (Math.min(offset + length, bytes) <= offset) return new Uint8Array();
          const part = get(key, eTag).subarray(offset, offset + length);
          bytesRead += part.byteLength;
          return part;
        },
      };
    },

    async find(imageId) {
      const key = originalKey(imageId);
      const body = objects.get(key);
      return body && { bucket, key, eTag: eTagOf(body), bytes: body.byteLength };
    },
  };
}

export interface MemoryRenditions extends RenditionStore {
  /** What is stored, by key. */
  readonly objects: ReadonlyMap<string, EncodedRendition>;
}

export function createMemoryRenditions(): MemoryRenditions {
  const objects = new Map<string, EncodedRendition>();
  return {
    objects,
    async put(key, rendition) {
      objects.set(key, rendition);
    },
    async delete(keys) {
      for (const key of keys) objects.delete(key);
    },
  };
}
