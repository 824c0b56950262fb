// The upload form: a page without anything of AWS sends a file by it, and nobody sends another by the same one.

import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { settledImage } from '../../../scripts/client/settled.ts';
import { type PresignedForm, submitForm } from '../../conformance/support/post-form.ts';
import { photo } from '../support/photos.ts';
import type { Running } from '../support/running.ts';

interface FormOffer {
  readonly imageId: string;
  readonly upload: PresignedForm & { readonly method: string; readonly expiresAt: string };
}

export function uploadFormSuite(running: Running): void {
  describe('the upload form', () => {
    let file: Buffer;

    beforeAll(async () => {
      file = await photo(400, 300);
    });

    const ask = async (more: { checksumSha256?: string } = {}) =>
      fetch(`${running().api}/uploads`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await running().tokenOf()}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          ...{ method: 'POST', contentType: 'image/jpeg', contentLength: file.byteLength },
          ...more,
        }),
      });
    async function offered(): Promise<FormOffer> {
      const checksumSha256 = createHash('sha256').update(file).digest('base64');
      const answer = await ask({ checksumSha256 });
      expect(answer.status).toBe(201);
      return (await answer.json()) as FormOffer;
    }
    test('takes the file that it was asked for, which becomes an image', async () => {
      const { imageId, upload } = await offered();

      expect(upload).toMatchObject({ method: 'POST', fields: { key: `originals/${imageId}` } });
      expect(await submitForm(upload, { body: file })).toMatchObject({ status: 204 });
      expect(await settledImage(running().client, imageId, 25)).toMatchObject({
        ...{ status: 'ready', original: { bytes: file.byteLength } },
      });
    });

    test('takes no other file, and the same one to no effect', async () => {
      const { client } = running();
      const { imageId, upload } = await offered();
      await submitForm(upload, { body: file });
      const { updatedAt } = await settledImage(client, imageId, 25);

      const other = Buffer.from(file).fill(0, file.byteLength - 2);
      expect(await submitForm(upload, { body: other })).toMatchObject({ status: 400, code: 'BadDigest' });
      expect(await submitForm(upload, { body: file })).toMatchObject({ status: 204 });
      // What was sent later is done with, and so is that, as far as queues keep an order.
      await client.upload(file, { contentType: 'image/jpeg' });
      expect(await client.images.get(imageId)).toMatchObject({ status: 'ready', updatedAt });
    });

    test('is not to be had without the checksum of the file', async () => {
      const answer = await ask();

      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({
        ...{ code: 'invalid-request', errors: [{ field: '/checksumSha256' }] },
      });
    });
  });
}
