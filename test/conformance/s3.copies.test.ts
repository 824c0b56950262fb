// Copies: the same bytes under another key, with the old headers or with new ones.
import { createHash } from 'node:crypto';
import { CopyObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import { refusalOf } from './support/expect-error.ts';

describe('S3 copies', () => {
  const { s3, Bucket, put, read, headOf } = useBucket();

  it('copies an object with its headers, metadata and checksum', async () => {
    await put('copy source+ü', 'copied', {
      ContentType: 'text/css',
      Metadata: { a: '1' },
      ChecksumAlgorithm: 'SHA256',
    });
    const CopySource = `${Bucket}/${encodeURIComponent('copy source+ü')}`;

    const copied = await s3.client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));

    const head = await headOf('copy');
    expect(copied.CopyObjectResult?.ETag).toBe(head.ETag);
    expect(head).toMatchObject({ ContentType: 'text/css', Metadata: { a: '1' } });
    expect(head.ChecksumSHA256).toBe(createHash('sha256').update('copied').digest('base64'));
    expect((await read('copy')).toString()).toBe('copied');
  });

  it('copies an object with new headers and metadata', async () => {
    await put('copy-old', 'copied', { ContentType: 'text/css', Metadata: { a: '1' } });
    const command = new CopyObjectCommand({
      Bucket,
      Key: 'copy-old',
      CopySource: `${Bucket}/copy-old`,
      MetadataDirective: 'REPLACE',
      ContentType: 'text/html',
      Metadata: { b: '2' },
    });

    await s3.client.send(command);

    const head = await headOf('copy-old');
    expect(head).toMatchObject({ ContentType: 'text/html', Metadata: { b: '2' } });
  });

  it('refuses to copy an object onto itself unchanged, or from a key that is not there', async () => {
    await put('self', 'x');
    const copy = (CopySource: string) =>
      refusalOf(s3.client.send(new CopyObjectCommand({ Bucket, Key: 'self', CopySource })));

    expect(await copy(`${Bucket}/self`)).toMatchObject({ code: 'InvalidRequest', status: 400 });
    expect(await copy(`${Bucket}/none`)).toMatchObject({ code: 'NoSuchKey', status: 404 });
  });
});
