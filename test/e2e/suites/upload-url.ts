// The upload URL: it takes the one upload that was asked for, and nothing else.

import { beforeAll, describe, expect, test } from 'vitest';
import { UploadError, type UploadOffer } from '../../../client/src/client.ts';
import { settledImage } from '../../../scripts/client/settled.ts';
import { createUploadSigner } from '../../../shared/aws/upload-signer.ts';
import { photo } from '../support/photos.ts';
import type { Running } from '../support/running.ts';

export function uploadUrlSuite(running: Running): void {
  describe('the upload URL', () => {
    let file: Buffer;
    let offer: UploadOffer;

    const offerFor = (bytes: Buffer, more: { checksumSha256?: string } = {}) =>
      running().client.uploads.create({
        contentType: 'image/jpeg',
        contentLength: bytes.byteLength,
        ...more,
      });

    async function expectRefusal(
      upload: UploadOffer['upload'],
      bytes: Buffer,
      status: number,
      code?: string,
    ): Promise<void> {
      const refusal = await running()
        .client.uploads.send(upload, bytes)
        .catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(UploadError);
      expect(refusal).toMatchObject({ status, ...(code && { code }) });
    }

    beforeAll(async () => {
      file = await photo(400, 300);
      offer = await offerFor(file);
    });

    test('takes one upload, and refuses a second one', async () => {
      const mine = await offerFor(file);

      await running().client.uploads.send(mine.upload, file);
      await expectRefusal(mine.upload, file, 412, 'PreconditionFailed');
    });

    test('takes headers that nobody signed, which the download does not repeat', async () => {
      const { client } = running();
      const mine = await offerFor(file);
      const lie = { 'content-encoding': 'gzip', 'content-disposition': 'inline', 'cache-control': 'public' };
      await client.uploads.send({ ...mine.upload, headers: { ...mine.upload.headers, ...lie } }, file);

      const { original } = await settledImage(client, mine.imageId, 25);
      const response = await fetch(original?.url ?? '');
      expect(Object.fromEntries(response.headers)).toMatchObject({
        ...{ 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' },
        ...{ 'content-encoding': 'identity', 'cache-control': 'private, no-store' },
      });
      expect(Buffer.from(await response.arrayBuffer()).equals(file)).toBe(true);
    });

    test('refuses an upload when anything that was signed is changed', async () => {
      const otherId = offer.imageId.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
      const url = offer.upload.url.replace(offer.imageId, otherId);

      await expectRefusal({ ...offer.upload, url }, file, 403, 'SignatureDoesNotMatch');
    });

    test('refuses a file of another length', async () => {
      const larger = Buffer.concat([file, Buffer.alloc(1)]);

      await expectRefusal(offer.upload, larger, 403, 'SignatureDoesNotMatch');
    });

    test('refuses another type', async () => {
      const headers = { ...offer.upload.headers, 'content-type': 'image/png' };

      await expectRefusal({ ...offer.upload, headers }, file, 403, 'SignatureDoesNotMatch');
    });

    test('refuses an upload that could overwrite', async () => {
      const { 'if-none-match': _left, ...headers } = offer.upload.headers;

      await expectRefusal({ ...offer.upload, headers }, file, 403);
    });

    test('refuses bytes that are not those of the promised SHA-256', async () => {
      const promised = await offerFor(file, { checksumSha256: Buffer.alloc(32, 1).toString('base64') });

      await expectRefusal(promised.upload, file, 400);
    });

    test('refuses everything once it has expired', async () => {
      const { s3 } = running().stage.clients;
      const sign = createUploadSigner(s3, running().stage.originalsBucket, 60);
      const request = { contentType: 'image/jpeg', contentLength: file.byteLength };

      const expired = await sign(offer.imageId, request, new Date(Date.now() - 61_000));
      if (expired.method !== 'PUT') throw new Error('a PUT was asked for');

      await expectRefusal(expired, file, 403, 'AccessDenied');
    });

    test('leaves the image waiting after all these refusals', async () => {
      expect(await running().client.images.get(offer.imageId)).toMatchObject({
        status: 'awaiting-upload',
        original: null,
      });
    });
  });
}
