// Integrity: digests and checksums that must hold before anything is stored.
import { createHash } from 'node:crypto';
import { ChecksumAlgorithm, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import { sendRaw, signRaw } from './support/raw-http.ts';

const pangram = Buffer.from('The quick brown fox jumps over the lazy dog');
function md5(bytes: Buffer | string) {
  return createHash('md5').update(bytes).digest('base64');
}

// Known values of the sentence above, from outside of this code base.
const checksums = {
  crc32: 'QU+jOQ==',
  crc32c: 'ImIEBA==',
  sha1: 'L9ThxnotKPzthJ7hu3bnORuT6xI=',
  sha256: '16j7swfXgJRpypq8sAguT41WUeRtPNt2LQLQvzfJ5ZI=',
} as const;

describe('S3 integrity', () => {
  const { s3, Bucket, isStored, send } = useBucket();
  const putRaw = async (key: string, headers: Record<string, string>, body: Buffer = pangram) =>
    send('PUT', key, { headers, body });

  it('takes a body that fits its Content-MD5', async () => {
    expect((await putRaw('md5', { 'content-md5': md5(pangram) })).status).toBe(200);
  });

  it('refuses a body that does not fit its Content-MD5', async () => {
    const answer = await putRaw('md5-wrong', { 'content-md5': md5('other') });

    expect(answer).toMatchObject({ status: 400, code: 'BadDigest' });
    expect(await isStored('md5-wrong')).toBe(false);
  });

  it('refuses a Content-MD5 that is none', async () => {
    expect(await putRaw('md5-odd', { 'content-md5': 'not base64' })).toMatchObject({
      status: 400,
      code: 'InvalidDigest',
    });
  });

  it.each(Object.entries(checksums))('verifies and keeps a %s checksum', async (algorithm, value) => {
    const header = `x-amz-checksum-${algorithm}`;

    const stored = await putRaw(algorithm, { [header]: value });
    const asked = await send('GET', algorithm, { headers: { 'x-amz-checksum-mode': 'ENABLED' } });
    const unasked = await send('GET', algorithm);

    expect(stored).toMatchObject({ status: 200, headers: { [header]: value } });
    expect(asked.headers).toMatchObject({ [header]: value, 'x-amz-checksum-type': 'FULL_OBJECT' });
    expect(unasked.headers).not.toHaveProperty(header);
  });

  it.each(Object.keys(checksums))('refuses a body that does not fit its %s checksum', async (algorithm) => {
    const value = checksums[algorithm as keyof typeof checksums];

    const answer = await putRaw(
      `${algorithm}-wrong`,
      { [`x-amz-checksum-${algorithm}`]: value },
      Buffer.from('x'),
    );

    expect(answer).toMatchObject({ status: 400, code: 'BadDigest' });
    expect(await isStored(`${algorithm}-wrong`)).toBe(false);
  });

  it.each([
    ['CRC32', 'ChecksumCRC32'],
    ['CRC32C', 'ChecksumCRC32C'],
    ['CRC64NVME', 'ChecksumCRC64NVME'],
    ['SHA1', 'ChecksumSHA1'],
    ['SHA256', 'ChecksumSHA256'],
  ] as const)("agrees with the SDK's own %s", async (algorithm, member) => {
    const Key = `sdk-${algorithm}`;
    const stored = await s3.client.send(
      new PutObjectCommand({ Bucket, Key, Body: pangram, ChecksumAlgorithm: ChecksumAlgorithm[algorithm] }),
    );

    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));

    expect(stored[member]).toMatch(/=*$/);
    expect(got[member]).toBe(stored[member]);
    expect(await got.Body?.transformToString()).toBe(pangram.toString());
  });

  it('refuses a checksum that is malformed', async () => {
    expect(await putRaw('malformed', { 'x-amz-checksum-sha256': 'abc=' })).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
    });
  });

  it('refuses two checksums at once', async () => {
    const headers = { 'x-amz-checksum-sha1': checksums.sha1, 'x-amz-checksum-sha256': checksums.sha256 };

    expect(await putRaw('two', headers)).toMatchObject({ status: 400, code: 'InvalidRequest' });
  });

  it('refuses an announced algorithm without a checksum', async () => {
    const answer = await putRaw('announced', { 'x-amz-sdk-checksum-algorithm': 'SHA256' });

    expect(answer).toMatchObject({ status: 400, code: 'InvalidRequest' });
  });

  it('refuses other bytes than x-amz-content-sha256 promises', async () => {
    const request = await signRaw(s3, { method: 'PUT', path: `/${Bucket}/sha`, body: pangram });

    const answer = await sendRaw({ ...request, body: Buffer.from(pangram.toString().toUpperCase()) });

    expect(answer).toMatchObject({ status: 400, code: 'XAmzContentSHA256Mismatch' });
    expect(await isStored('sha')).toBe(false);
  });

  it('refuses an x-amz-content-sha256 that is none', async () => {
    const answer = await putRaw('sha-odd', { 'x-amz-content-sha256': 'UNSIGNED' });

    expect(answer).toMatchObject({ status: 400, code: 'InvalidArgument' });
  });
});
