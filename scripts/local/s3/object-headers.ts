// The headers that live with an object: read when it is stored, sent back when it is fetched.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
import type { ServerResponse } from 'node:http';
import { S3Error } from './errors.ts';
import type { StoredObject } from './store/objects.ts';

const metadataPrefix = 'x-amz-meta-';
const maxMetadataBytes = 2048;
const defaultContentType = 'binary/octet-stream';
const systemHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
] as const;

export type ObjectHeaders = Pick<StoredObject, 'headers' | 'metadata'>;

/** @throws {S3Error} MetadataTooLarge when names and values of the user metadata pass 2 KB. */
export function readObjectHeaders(headers: ReadonlyMap<string, string>): ObjectHeaders {
  const system: Record<string, string> = { 'content-type': defaultContentType };
  for (const name of systemHeaders) {
    const value = headers.get(name);
    const kept = name === 'content-encoding' && value !== undefined ? withoutFraming(value) : value;
    if (kept) system[name] = kept;
  }
  const metadata: Record<string, string> = {};
  let bytes = 0;
  for (const [name, value] of headers) {
    if (!name.startsWith(metadataPrefix)) continue;
    const short = name.slice(metadataPrefix.length);
    metadata[short] = value;
    bytes += Buffer.byteLength(short) + Buffer.byteLength(value);
  }
  if (bytes > maxMetadataBytes) {
    throw new S3Error('MetadataTooLarge', {
      details: { Size: String(bytes), MaxSizeAllowed: String(maxMetadataBytes) },
    });
  }
  return { headers: system, metadata };
}

/** Sends what identifies the object: also part of a 304. */
export function setIdentity(response: ServerResponse, object: StoredObject): void {
  response.setHeader('etag', `"${object.etag}"`);
  response.setHeader('last-modified', object.lastModified.toUTCString());
}

/** Sends the stored headers and metadata, with a presigned URL's response-* overrides. */
export function setObjectHeaders(
  response: ServerResponse,
  object: StoredObject,
  query: URLSearchParams,
): void {
  setIdentity(response, object);
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('x-amz-server-side-encryption', 'AES256');
  for (const name of systemHeaders) {
    const value = query.get(`response-${name}`) ?? object.headers[name];
    if (value !== undefined) response.setHeader(name, headerValue(value));
  }
  for (const [name, value] of Object.entries(object.metadata)) {
    response.setHeader(`${metadataPrefix}${name}`, headerValue(value));
  }
}

/** Sends the checksum an object was stored with. */
export function setChecksum(response: ServerResponse, object: Pick<StoredObject, 'checksum'>): void {
  if (object.checksum === undefined) return;
  response.setHeader(`x-amz-checksum-${object.checksum.algorithm}`, object.checksum.base64);
  response.setHeader('x-amz-checksum-type', 'FULL_OBJECT');
}

// aws-chunked names the framing of one request, not an encoding of the object; the rest stays as it was sent.
function withoutFraming(encoding: string): string {
  return encoding.replace(/(^|,)\s*aws-chunked\s*(?=,|$)/g, '').replace(/^,\s*/, '');
}

// S3 sends metadata that is not ASCII back as an RFC 2047 word.
function headerValue(value: string): string {
  return /^[\x20-\x7e\t]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
}
