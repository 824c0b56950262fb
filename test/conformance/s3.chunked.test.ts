// aws-chunked bodies: unsigned with a trailer as the SDK streams them, and signed chunk by chunk.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import { refusalOf } from './support/expect-error.ts';
import { sendRaw, signerFor, signRaw } from './support/raw-http.ts';

const chunk = Buffer.alloc(64 * 1024, 'a');
const lastChunk = Buffer.from('the last chunk');
const content = Buffer.concat([chunk, chunk, lastChunk]);

function sha256Hex(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
function crc32Base64(bytes: Buffer): string {
  const raw = Buffer.alloc(4);
  raw.writeUInt32BE(crc32(bytes));
  return raw.toString('base64');
}

interface Framing {
  readonly chunks?: Buffer[];
  readonly decodedBytes?: number;
  readonly signed?: boolean;
  readonly trailer?: string;
  readonly breakChunk?: number;
  readonly breakTrailer?: boolean;
}

describe('S3 aws-chunked bodies', () => {
  const { s3, Bucket, read, isStored, headOf } = useBucket();

  /** Frames and signs a body by hand, as the page above says. */
  const send = async (key: string, framing: Framing) => {
    const { chunks = [chunk, chunk, lastChunk], signed = false, trailer } = framing;
    const method = signed ? 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' : 'STREAMING-UNSIGNED-PAYLOAD';
    const decodedBytes = framing.decodedBytes ?? chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    const request = await signRaw(s3, {
      method: 'PUT',
      path: `/${Bucket}/${key}`,
      headers: {
        'content-encoding': 'aws-chunked',
        'x-amz-content-sha256': `${method}${signed && trailer === undefined ? '' : '-TRAILER'}`,
        'x-amz-decoded-content-length': String(decodedBytes),
        ...(trailer !== undefined && { 'x-amz-trailer': 'x-amz-checksum-crc32' }),
      },
    });
    const amzDate = request.headers?.['x-amz-date'] ?? '';
    const day = amzDate.slice(0, 8);
    const signingDate = new Date(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`);
    const scope = `${day}/${s3.region}/s3/aws4_request`;
    let previous = request.headers?.['authorization']?.split('Signature=')[1] ?? '';
    const sign = async (algorithm: string, ...hashes: string[]): Promise<string> => {
      const text = [algorithm, amzDate, scope, previous, ...hashes].join('\n');
      previous = await signerFor(s3).sign(text, { signingDate });
      return previous;
    };
    const pieces: (Buffer | string)[] = [];
    for (const [index, chunk] of [...chunks, Buffer.alloc(0)].entries()) {
      const signature = await sign('AWS4-HMAC-SHA256-PAYLOAD', sha256Hex(''), sha256Hex(chunk));
      const bytes = Buffer.from(chunk);
      if (index === framing.breakChunk) bytes[0] = 98;
      pieces.push(`${bytes.length.toString(16)}${signed ? `;chunk-signature=${signature}` : ''}\r\n`, bytes);
      if (bytes.length > 0) pieces.push('\r\n');
    }
    if (trailer !== undefined) {
      pieces.push(`x-amz-checksum-crc32:${trailer}\r\n`);
      const signature = await sign(
        'AWS4-HMAC-SHA256-TRAILER',
        sha256Hex(`x-amz-checksum-crc32:${trailer}\n`),
      );
      const sent = framing.breakTrailer ? sha256Hex(signature) : signature;
      if (signed) pieces.push(`x-amz-trailer-signature:${sent}\r\n`);
    }
    pieces.push('\r\n');
    return sendRaw({ ...request, body: Buffer.concat(pieces.map((piece) => Buffer.from(piece))) });
  };

  it('takes the SDK streaming a body with a checksum in the trailer', async () => {
    const Body = Readable.from([chunk, chunk, lastChunk]);

    const stored = await s3.client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'sdk',
        Body,
        ContentLength: content.length,
        ContentEncoding: 'gzip',
      }),
    );

    const head = await headOf('sdk');
    expect(stored.ChecksumCRC32).toBe(crc32Base64(content));
    expect(head).toMatchObject({ ContentEncoding: 'gzip', ContentLength: content.length });
    expect(head.ChecksumCRC32).toBe(crc32Base64(content));
  });

  it('refuses chunks under 8 KB before the last, as the SDK sends for a dripping stream', async () => {
    const Body = Readable.from([lastChunk, chunk]);
    const command = new PutObjectCommand({
      Bucket,
      Key: 'drip',
      Body,
      ContentLength: lastChunk.length + chunk.length,
    });

    const refusal = await refusalOf(s3.client.send(command));

    expect(refusal).toMatchObject({ code: 'InvalidChunkSizeError', status: 403 });
  });

  it('takes unsigned chunks with a checksum in the trailer', async () => {
    const answer = await send('unsigned', { trailer: crc32Base64(content) });

    expect(answer.status).toBe(200);
    expect(await read('unsigned')).toEqual(content);
  });

  it('does not keep aws-chunked as the encoding of the object', async () => {
    await send('encoding', { trailer: crc32Base64(content) });

    const head = await headOf('encoding');

    expect(head.ContentEncoding).toBeUndefined();
  });

  it('refuses a trailer that does not fit the body', async () => {
    const answer = await send('unsigned-wrong', { trailer: crc32Base64(lastChunk) });

    expect(answer).toMatchObject({ status: 400, code: 'BadDigest' });
    expect(await isStored('unsigned-wrong')).toBe(false);
  });

  it('takes chunks whose signatures form a chain', async () => {
    const answer = await send('signed', { signed: true });

    expect(answer.status).toBe(200);
    expect(await read('signed')).toEqual(content);
  });

  it.each([0, 1, 2])('refuses a change in signed chunk %i', async (breakChunk) => {
    const answer = await send('signed-wrong', { signed: true, breakChunk });

    expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    expect(await isStored('signed-wrong')).toBe(false);
  });

  it('takes signed chunks with a signed trailer', async () => {
    const answer = await send('signed-trailer', { signed: true, trailer: crc32Base64(content) });

    expect(answer.status).toBe(200);
  });

  it('refuses a trailer whose signature is wrong', async () => {
    const answer = await send('signed-trailer-wrong', {
      signed: true,
      trailer: crc32Base64(content),
      breakTrailer: true,
    });

    expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    expect(await isStored('signed-trailer-wrong')).toBe(false);
  });

  it.each([content.length - 1, content.length + 1])(
    'refuses a body that differs from its decoded length: %i',
    async (decodedBytes) => {
      const answer = await send('length', { trailer: crc32Base64(content), decodedBytes });

      expect(answer).toMatchObject({ status: 400, code: 'IncompleteBody' });
      expect(await isStored('length')).toBe(false);
    },
  );
});
