// Reads the small XML body of a configuration call or a DeleteObjects, verified like any other body.
// Calls for which S3 demands a digest are refused without one.
import { buffer } from 'node:stream/consumers';
import { S3Error } from '../errors.ts';
import type { Exchange } from '../exchange.ts';
import { CHECKSUMS, startMd5 } from './checksums.ts';
import { neededChecksums, readPromises, verifyPromises } from './integrity.ts';
import { openBody } from './open-body.ts';

const MAX_DOCUMENT_BYTES = 1024 * 1024;

/** @throws S3Error InvalidRequest without a demanded digest, and everything that can be wrong with a body. */
export async function readDocument(
  { request, authorization, server }: Exchange,
  options: { readonly digestRequired: boolean },
): Promise<Buffer> {
  const promised = readPromises(request.headers, authorization.payload);
  if (options.digestRequired && promised.md5Base64 === undefined && promised.checksum === undefined) {
    throw new S3Error(
      'InvalidRequest',
      'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
    );
  }
  const limits = { maxBytes: MAX_DOCUMENT_BYTES, idleMilliseconds: server.bodyIdleMilliseconds };
  const body = openBody(request, authorization, limits, server.authority.signer);
  const document = await buffer(body.bytes);
  const md5 = startMd5();
  md5.update(document);
  const checksums = new Map<keyof typeof CHECKSUMS, string>();
  for (const algorithm of neededChecksums(promised)) {
    const digest = CHECKSUMS[algorithm].start();
    digest.update(document);
    checksums.set(algorithm, await digest.base64());
  }
  verifyPromises(promised, { md5Base64: await md5.base64(), checksums }, body.trailers);
  return document;
}
