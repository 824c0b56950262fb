// PutObject: streams the body to a file, verifies every promise about it, then makes it an object.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
import { effectiveHeaders } from '../accepted-headers.ts';
import { neededChecksums, readPromises, verifyPromises } from '../body/integrity.ts';
import { openBody } from '../body/open-body.ts';
import { readWriteCondition } from '../conditions.ts';
import { type Handler, objectOf } from '../exchange.ts';
import { readObjectHeaders, setChecksum } from '../object-headers.ts';
import { sendEmpty } from '../respond.ts';

export const MAX_OBJECT_BYTES = 5 * 1024 ** 3;

export const putObject: Handler = async ({ request, authorization, response, server }) => {
  const { bucket, key } = objectOf(request);
  server.buckets.require(bucket);
  const objectHeaders = readObjectHeaders(effectiveHeaders(request));
  const promised = readPromises(request.headers, authorization.payload);
  const condition = readWriteCondition(request.headers);
  // Judged here to spare a doomed upload, and again where it counts, in the transaction.
  condition(server.objects.find(bucket, key));
  const limits = { maxBytes: MAX_OBJECT_BYTES, idleMilliseconds: server.bodyIdleMilliseconds };
  const body = openBody(request, authorization, limits, server.authority.signer);
  const written = await server.files.write(body.bytes, neededChecksums(promised), (computed) =>
    verifyPromises(promised, computed, body.trailers),
  );
  const { file, bytes, md5Hex: etag, verified: checksum } = written;
  const object = { bucket, key, file, bytes, etag, checksum, ...objectHeaders };
  await server.writer.put(object, 'ObjectCreated:Put', request, condition);
  response.setHeader('etag', `"${etag}"`);
  response.setHeader('x-amz-server-side-encryption', 'AES256');
  setChecksum(response, { checksum });
  sendEmpty(response, 200);
};
