// Reads the small XML body of a configuration call or a DeleteObjects, verified like any other body.
// Calls for which S3 demands a digest are refused without one.
import { buffer } from 'node:stream/consumers';
import { S3Error } from '../errors.ts';
import type { Exchange } from '../exchange.ts';
import { checksumAlgorithms, startMd5 } from './checksums.ts';
import { neededChecksums, readExpectedDigests, verifyDigests } from './integrity.ts';
import { openBody } from './open-body.ts';

const maxDocumentBytes = 1024 * 1024;

/** @throws {S3Error} InvalidRequest without a demanded digest, and everything that can be wrong with a body. */
export async function readDocument(
  { request, authorization, server }: Exchange,
  options: { readonly digestRequired: boolean },
): Promise<Buffer> {
  const expected = readExpectedDigests(request.headers, authorization.payload);
  if (options.digestRequired && expected.md5Base64 === undefined && expected.checksum === undefined) {
    throw new S3Error('InvalidRequest', {
      message: 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
    });
  }
  const limits = { maxBytes: maxDocumentBytes, idleMs: server.bodyIdleMs };
  const body = openBody(request, authorization, limits, server.authority.signer);
  const document = await buffer(body.bytes);
  const md5 = startMd5();
  md5.update(document);
  const checksums = new Map<keyof typeof checksumAlgorithms, string>();
  for (const algorithm of neededChecksums(expected)) {
    const digest = checksumAlgorithms[algorithm].start();
    digest.update(document);
    checksums.set(algorithm, await digest.base64());
  }
  verifyDigests(expected, { md5Base64: await md5.base64(), checksums }, body.trailers);
  return document;
}
