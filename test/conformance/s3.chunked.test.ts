// aws-chunked bodies: unsigned with a trailer as the SDK streams them, and signed chunk by chunk.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Endpoint, openEndpoint } from './support/endpoint.ts';
import { refusalOf } from './support/expect-error.ts';
import { isStored, readObject } from './support/objects.ts';
import { sendRaw, signerFor, signRaw } from './support/raw-http.ts';

const CHUNK = Buffer.alloc(64 * 1024, 'a');
const LAST = Buffer.from('the last chunk');
const BODY = Buffer.concat([CHUNK, CHUNK, LAST]);

const sha256Hex = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
const crc32Base64 = (bytes: Buffer): string => {
  const raw = Buffer.alloc(4);
  raw.writeUInt32BE(crc32(bytes));
  return raw.toString('base64');
};

interface Framing {
  chunks?: Buffer[];
  decodedBytes?: number;
  signed?: boolean;
  trailer?: string;
  breakChunk?: number;
  breakTrailer?: boolean;
}

describe('S3 aws-chunked bodies', () => {
  let s3: Endpoint;
  let Bucket: string;

  /** Frames and signs a body by hand, as the page above says. */
  const send = async (key: string, framing: Framing) => {
    const { chunks = [CHUNK, CHUNK, LAST], signed = false, trailer } = framing;
    const method = signed ? 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' : 'STREAMING-UNSIGNED-PAYLOAD';
    const decodedBytes = framing.decodedBytes ?? chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    const request = await signRaw(s3, {
      method: 'PUT',
      path: `/${Bucket}/${key}`,
      headers: {
        'content-encoding': 'aws-chunked',
        'x-amz-content-sha256': `${method}${signed && trailer === undefined ? '' : '-TRAILER'}`,
        'x-amz-decoded-content-length': String(decodedBytes),
        ...(trailer === undefined ? {} : { 'x-amz-trailer': 'x-amz-checksum-crc32' }),
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
  beforeAll(async () => {
    s3 = await openEndpoint();
    Bucket = await s3.createBucket();
  });
  afterAll(() => s3.close());

  it('takes the SDK streaming a body with a checksum in the trailer', async () => {
    const Body = Readable.from([CHUNK, CHUNK, LAST]);

    const stored = await s3.client.send(
      new PutObjectCommand({ Bucket, Key: 'sdk', Body, ContentLength: BODY.length, ContentEncoding: 'gzip' }),
    );

    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'sdk', ChecksumMode: 'ENABLED' }));
    expect(stored.ChecksumCRC32).toBe(crc32Base64(BODY));
    expect(head).toMatchObject({ ContentEncoding: 'gzip', ContentLength: BODY.length });
    expect(head.ChecksumCRC32).toBe(crc32Base64(BODY));
  });

  it('refuses chunks under 8 KB before the last, as the SDK sends for a dripping stream', async () => {
    const Body = Readable.from([LAST, CHUNK]);
    const command = new PutObjectCommand({
      Bucket,
      Key: 'drip',
      Body,
      ContentLength: LAST.length + CHUNK.length,
    });

    const refusal = await refusalOf(s3.client.send(command));

    expect(refusal).toMatchObject({ code: 'InvalidChunkSizeError', status: 403 });
  });

  it('takes unsigned chunks with a checksum in the trailer', async () => {
    const answer = await send('unsigned', { trailer: crc32Base64(BODY) });

    expect(answer.status).toBe(200);
    expect(await readObject(s3.client, Bucket, 'unsigned')).toEqual(BODY);
  });

  it('does not keep aws-chunked as the encoding of the object', async () => {
    await send('encoding', { trailer: crc32Base64(BODY) });

    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'encoding' }));

    expect(head.ContentEncoding).toBeUndefined();
  });

  it('refuses a trailer that does not fit the body', async () => {
    const answer = await send('unsigned-wrong', { trailer: crc32Base64(LAST) });

    expect(answer).toMatchObject({ status: 400, code: 'BadDigest' });
    expect(await isStored(s3.client, Bucket, 'unsigned-wrong')).toBe(false);
  });

  it('takes chunks whose signatures form a chain', async () => {
    const answer = await send('signed', { signed: true });

    expect(answer.status).toBe(200);
    expect(await readObject(s3.client, Bucket, 'signed')).toEqual(BODY);
  });

  it.each([0, 1, 2])('refuses a change in signed chunk %i', async (breakChunk) => {
    const answer = await send('signed-wrong', { signed: true, breakChunk });

    expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    expect(await isStored(s3.client, Bucket, 'signed-wrong')).toBe(false);
  });

  it('takes signed chunks with a signed trailer', async () => {
    const answer = await send('signed-trailer', { signed: true, trailer: crc32Base64(BODY) });

    expect(answer.status).toBe(200);
  });

  it('refuses a trailer whose signature is wrong', async () => {
    const answer = await send('signed-trailer-wrong', {
      signed: true,
      trailer: crc32Base64(BODY),
      breakTrailer: true,
    });

    expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    expect(await isStored(s3.client, Bucket, 'signed-trailer-wrong')).toBe(false);
  });

  it.each([BODY.length - 1, BODY.length + 1])(
    'refuses a body that differs from its decoded length: %i',
    async (decodedBytes) => {
      const answer = await send('length', { trailer: crc32Base64(BODY), decodedBytes });

      expect(answer).toMatchObject({ status: 400, code: 'IncompleteBody' });
      expect(await isStored(s3.client, Bucket, 'length')).toBe(false);
    },
  );
});
