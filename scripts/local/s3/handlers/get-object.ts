// GetObject and HeadObject: conditions, one range, stored headers with their overrides, bytes streamed from the file.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { readByteRange } from '../byte-range.ts';
import { checkReadConditions } from '../conditions.ts';
import { S3Error } from '../errors.ts';
import { type Exchange, type Handler, objectOf } from '../exchange.ts';
import { setChecksum, setIdentity, setObjectHeaders } from '../object-headers.ts';
import type { StoredObject } from '../store/objects.ts';

const unsupportedParameters = ['partNumber', 'versionId'];

export const getObject: Handler = async (exchange) => {
  const object = findObject(exchange);
  const { first, bytes } = begin(exchange, object);
  if (bytes === 0) {
    exchange.response.end();
    return;
  }
  // Opened in the same turn as the row was read, before an overwrite could remove the file.
  const fd = exchange.server.files.open(object.file);
  await pipeline(createReadStream('', { fd, start: first, end: first + bytes - 1 }), exchange.response);
};

export const headObject: Handler = async (exchange) => {
  begin(exchange, findObject(exchange));
  exchange.response.end();
};

function findObject({ request, server }: Exchange): StoredObject {
  const parameter = unsupportedParameters.find(
    (name) => request.query.has(name) && request.query.get(name) !== 'null',
  );
  if (parameter !== undefined) {
    throw new S3Error('NotImplemented', { message: `The ${parameter} parameter is not implemented.` });
  }
  const { bucket, key } = objectOf(request);
  server.buckets.require(bucket);
  const object = server.objects.find(bucket, key);
  if (object === undefined) throw new S3Error('NoSuchKey', { details: { Key: key } });
  return object;
}

/** Writes status and headers, and tells which bytes the body is to hold. */
function begin(exchange: Exchange, object: StoredObject): { first: number; bytes: number } {
  const { request, response } = exchange;
  setIdentity(response, object);
  checkReadConditions(request.headers, object);
  const range = readByteRange(request.headers.get('range'), object.bytes);
  setObjectHeaders(response, object, request.query);
  const first = range?.first ?? 0;
  const bytes = range === undefined ? object.bytes : range.last - range.first + 1;
  response.statusCode = range === undefined ? 200 : 206;
  response.setHeader('content-length', bytes);
  if (range !== undefined) {
    response.setHeader('content-range', `bytes ${range.first}-${range.last}/${object.bytes}`);
  } else if (request.headers.get('x-amz-checksum-mode') === 'ENABLED') {
    // Of the whole object, so it would not fit the bytes of a range.
    setChecksum(response, object);
  }
  return { first, bytes };
}
