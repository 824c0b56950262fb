// The upload URL: it takes the one upload that was asked for, and nothing else.

import { beforeAll, describe, expect, test } from 'vitest';
import { createUploadSigner } from '../../../shared/aws/upload-signer.ts';
import { getImage, type Offer, offerFor, put } from '../support/client.ts';
import { photo } from '../support/photos.ts';
import type { RunningStack } from '../support/running-stack.ts';

export function uploadUrlSuite(running: () => RunningStack): void {
  describe('the upload URL', () => {
    let file: Buffer;
    let offer: Offer;

    beforeAll(async () => {
      file = await photo(400, 300);
      offer = await offerFor(running().stack.api, file);
    });

    test('takes one upload, and refuses a second one', async () => {
      const mine = await offerFor(running().stack.api, file);

      expect((await put(mine.upload, file)).status).toBe(200);
      await expectRefusal(await put(mine.upload, file), 412, 'PreconditionFailed');
    });

    test('refuses an upload when anything that was signed is changed', async () => {
      const otherId = offer.imageId.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
      const url = offer.upload.url.replace(offer.imageId, otherId);

      await expectRefusal(await put({ ...offer.upload, url }, file), 403, 'SignatureDoesNotMatch');
    });

    test('refuses a file of another length', async () => {
      const larger = Buffer.concat([file, Buffer.alloc(1)]);

      await expectRefusal(await put(offer.upload, larger), 403, 'SignatureDoesNotMatch');
    });

    test('refuses another type', async () => {
      const headers = { ...offer.upload.headers, 'content-type': 'image/png' };

      await expectRefusal(await put({ ...offer.upload, headers }, file), 403, 'SignatureDoesNotMatch');
    });

    test('refuses an upload that could overwrite', async () => {
      const { 'if-none-match': _left, ...headers } = offer.upload.headers;

      await expectRefusal(await put({ ...offer.upload, headers }, file), 403);
    });

    test('refuses bytes that are not those of the promised SHA-256', async () => {
      const checksumSha256 = Buffer.alloc(32, 1).toString('base64');
      const promised = await offerFor(running().stack.api, file, 'image/jpeg', { checksumSha256 });

      await expectRefusal(await put(promised.upload, file), 400);
    });

    test('refuses everything once it has expired', async () => {
      const bucket = new URL(offer.upload.url).pathname.split('/')[1] ?? '';
      const sign = createUploadSigner(running().stack.clients.s3, bucket, 60);
      const request = { contentType: 'image/jpeg', contentLength: file.byteLength };

      const expired = await sign(offer.imageId, request, new Date(Date.now() - 61_000));

      await expectRefusal(await put(expired, file), 403, 'AccessDenied');
    });

    test('leaves the image waiting after all these refusals', async () => {
      expect(await getImage(running().stack.api, offer.imageId)).toMatchObject({
        status: 'awaiting-upload',
        original: null,
      });
    });
  });
}

async function expectRefusal(answer: Response, status: number, code?: string): Promise<void> {
  const body = await answer.text();
  expect(answer.status, body).toBe(status);
  if (code) expect(body).toContain(`<Code>${code}</Code>`);
}
