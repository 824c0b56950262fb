// PutObject: streams the body to a file, verifies its digests, then makes it an object.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
import { effectiveHeaders } from '../accepted-headers.ts';
import { neededChecksums, readExpectedDigests, verifyDigests } from '../body/integrity.ts';
import { openBody } from '../body/open-body.ts';
import { readWriteCondition } from '../conditions.ts';
import { type Handler, objectOf } from '../exchange.ts';
import { readObjectHeaders, setChecksum } from '../object-headers.ts';
import { sendEmpty } from '../respond.ts';

export const maxObjectBytes = 5 * 1024 ** 3;

export const putObject: Handler = async ({ request, authorization, response, server }) => {
  const { bucket, key } = objectOf(request);
  server.buckets.require(bucket);
  const objectHeaders = readObjectHeaders(effectiveHeaders(request));
  const expected = readExpectedDigests(request.headers, authorization.payload);
  const condition = readWriteCondition(request.headers);
  // Checked here to spare a doomed upload, and again where it counts, in the transaction.
  condition(server.objects.find(bucket, key));
  const limits = { maxBytes: maxObjectBytes, idleMs: server.bodyIdleMs };
  const body = openBody(request, authorization, limits, server.authority.signer);
  const written = await server.files.write(body.bytes, neededChecksums(expected), (computed) =>
    verifyDigests(expected, computed, body.trailers),
  );
  await server.writer.put(
    { bucket, key, ...written, ...objectHeaders },
    'ObjectCreated:Put',
    request,
    condition,
  );
  response.setHeader('etag', `"${written.etag}"`);
  response.setHeader('x-amz-server-side-encryption', 'AES256');
  setChecksum(response, written);
  sendEmpty(response, 200);
};
