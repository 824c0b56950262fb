// What every store of originals and of renditions must do, those on S3 and those in memory.

import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OriginalCreated } from '../../../shared/domain/events/s3-event.ts';
import { originalKey } from '../../../shared/domain/object-keys.ts';
import type { EncodedRendition } from '../../../shared/imaging/contract.ts';
import {
  OriginalGone,
  type OriginalStore,
  type RenditionStore,
  type UploadedOriginals,
} from '../../../shared/processing/ports.ts';
import type { OriginalFinder } from '../../../shared/reconcile/ports.ts';

export interface Originals {
  readonly originals: OriginalStore;
  readonly uploads: OriginalFinder & UploadedOriginals;
  readonly bucket: string;
  /** Stores an original, as a client does. @returns its ETag, without quotes */
  put(key: string, body: Uint8Array): Promise<string>;
  remove(key: string): Promise<void>;
}

const body = Buffer.from('0123456789');

export function originalStoreContract(open: () => Promise<Originals>): void {
  let store: Originals;

  beforeAll(async () => {
    store = await open();
  });

  async function uploaded(changes: Partial<OriginalCreated> = {}): Promise<OriginalCreated> {
    const imageId = uuidv7();
    const key = originalKey(imageId);
    const eTag = await store.put(key, body);
    const { bucket } = store;
    return {
      ...{ kind: 'created', imageId, bucket, key, sequencer: '0'.padEnd(40, '0'), eTag },
      bytes: body.byteLength,
      ...changes,
    };
  }

  describe('an original', () => {
    it('is fetched whole', async () => {
      expect(Buffer.from(await store.originals.fetch(await uploaded()))).toEqual(body);
    });

    it.each([
      [0, 4, '0123'],
      [3, 1, '3'],
      [8, 2, '89'],
      [8, 3, '89'],
      [9, 100, '9'],
      [10, 1, ''],
      [11, 1, ''],
      [4, 0, ''],
    ])('is read from byte %i, %i bytes long', async (offset, length, expected) => {
      const source = store.originals.source(await uploaded());

      expect(Buffer.from(await source.read(offset, length)).toString()).toBe(expected);
      expect(source.bytesRead).toBe(expected.length);
    });

    it('knows its length before it is read, and what was read of it', async () => {
      const source = store.originals.source(await uploaded());
      expect([source.byteLength, source.bytesRead]).toEqual([10, 0]);

      await source.read(0, 4);
      await source.read(2, 4);

      expect(source.bytesRead).toBe(8);
    });

    it.each(['removed', 'overwritten'])('is gone once it is %s', async (what) => {
      const event = await uploaded();
      if (what === 'removed') await store.remove(event.key);
      else await store.put(event.key, Buffer.from('something else'));

      await expect(store.originals.fetch(event)).rejects.toThrow(OriginalGone);
      await expect(store.originals.source(event).read(0, 1)).rejects.toMatchObject({ name: 'OriginalGone' });
    });

    it('is found by the ID of its image, as an event would tell of it', async () => {
      const { imageId, bucket, key, eTag, bytes } = await uploaded();

      expect(await store.uploads.find(imageId)).toEqual({ bucket, key, eTag, bytes });
    });

    it('is not found when nothing was uploaded', async () => {
      expect(await store.uploads.find(uuidv7())).toBeUndefined();
    });

    it('is deleted by the ID of its image, and alone', async () => {
      const [deleted, kept] = [await uploaded(), await uploaded()];

      await store.uploads.delete(deleted.imageId);

      expect(await store.uploads.find(deleted.imageId)).toBeUndefined();
      expect(await store.uploads.find(kept.imageId)).toMatchObject({ key: kept.key });
    });

    it('that no URL was issued for is deleted by its key, and in no other bucket', async () => {
      const key = `originals/${uuidv7()}.jpg`;
      const event = await uploaded({ key, eTag: await store.put(key, body) });

      await store.uploads.deleteUnissued({ bucket: 'another', key });
      expect(Buffer.from(await store.originals.fetch(event))).toEqual(body);
      await store.uploads.deleteUnissued({ bucket: store.bucket, key });

      await expect(store.originals.fetch(event)).rejects.toThrow(OriginalGone);
    });

    it('can be deleted when it is not there', async () => {
      await expect(store.uploads.delete(uuidv7())).resolves.toBeUndefined();
    });
  });
}

export interface Renditions {
  readonly renditions: RenditionStore;
  /** What is stored under a key. */
  stored(key: string): Promise<{ readonly body: Buffer; readonly contentType: string } | undefined>;
}

const rendition: EncodedRendition = {
  ...{ variant: 'thumb', format: 'webp', contentType: 'image/webp', width: 1, height: 1, frames: 1 },
  body,
};

export function renditionStoreContract(open: () => Promise<Renditions>): void {
  let store: Renditions;
  const newKey = () => `renditions/${uuidv7()}/thumb.webp`;

  beforeAll(async () => {
    store = await open();
  });

  describe('a rendition', () => {
    it('is stored with its content type, as often as somebody likes', async () => {
      const key = newKey();

      await store.renditions.put(key, rendition);
      await store.renditions.put(key, rendition);

      expect(await store.stored(key)).toEqual({ body, contentType: 'image/webp' });
    });

    it('is deleted with others, those that are not there no error', async () => {
      const [one, other, kept] = [newKey(), newKey(), newKey()];
      for (const key of [one, other, kept]) await store.renditions.put(key, rendition);

      await store.renditions.delete([one, newKey(), other]);

      expect(await store.stored(one)).toBeUndefined();
      expect(await store.stored(other)).toBeUndefined();
      expect(await store.stored(kept)).toBeDefined();
    });

    it('is deleted by nobody who names no key', async () => {
      await expect(store.renditions.delete([])).resolves.toBeUndefined();
    });
  });
}
