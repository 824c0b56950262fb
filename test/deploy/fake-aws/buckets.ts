// S3 as a deployment and a removal need it: buckets that exist or do not, and what is in them.

import { createHash } from 'node:crypto';
import type { Bucket, StoredObject, Version } from './bucket.ts';

export type Buckets = Map<string, Bucket>;

/** Of a page of a list, and of what one request deletes. */
const maxKeys = 1000;

export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Answers the requests of `serverless deploy` and `remove` to S3; 501 for any other. */
export function answerS3(buckets: Buckets, request: S3Request): Reply {
  const { method, key, query } = request;
  const bucket = buckets.get(request.bucket);
  if (bucket === undefined) return { status: 404, body: error('NoSuchBucket') };
  if (method === 'HEAD' && key === '') return { status: 200 };
  if (method === 'HEAD') return head(bucket.get(key));
  if (query.has('uploads') || query.has('uploadId')) return answerParts(bucket, request);
  if (method === 'PUT' && key !== '') {
    const { 'content-type': type = '', 'cache-control': caching = '' } = request.headers;
    const headers = { 'content-type': String(type), 'cache-control': String(caching) };
    const metadata = metadataOf(request.headers);
    bucket.put(key, { body: request.body, metadata, modifiedAt: new Date(), headers });
    return { status: 200, headers: { etag: `"${md5(request.body)}"` } };
  }
  if (method === 'GET' && query.has('list-type')) return { status: 200, body: listing(bucket, query) };
  if (method === 'GET' && query.has('versions')) return { status: 200, body: versions(bucket, query) };
  if (method === 'GET' && query.has('versioning')) return { status: 200, body: '<VersioningConfiguration/>' };
  if (method === 'GET' && key !== '') return get(bucket.get(key));
  if (method === 'POST' && query.has('delete')) return deleteThose(bucket, request.body.toString());
  return { status: 501, body: error('NotImplemented') };
}

/** A multipart upload: its parts lie under a name of their own until it is completed. */
function answerParts(bucket: Bucket, { method, key, query, headers, body }: S3Request): Reply {
  const partName = (id: string | null, part: number) => `${key}?uploadId=${id}&part=${part}`;
  if (query.has('uploads')) {
    const started = { body: Buffer.alloc(0), metadata: metadataOf(headers), modifiedAt: new Date() };
    bucket.put(partName('1', 0), started);
    return {
      status: 200,
      body: '<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>',
    };
  }
  const id = query.get('uploadId');
  const modifiedAt = new Date();
  if (method === 'PUT') {
    bucket.put(partName(id, Number(query.get('partNumber'))), { body, metadata: {}, modifiedAt });
    return { status: 200, headers: { etag: '"part"' } };
  }
  const names = bucket
    .objects()
    .flatMap(([name]) => (name.startsWith(`${key}?uploadId=${id}&`) ? [name] : []));
  const parts = names
    .sort((one, other) => Number(one.split('=').at(-1)) - Number(other.split('=').at(-1)))
    .map((name) => bucket.get(name));
  const whole = Buffer.concat(parts.map((part) => part?.body ?? Buffer.alloc(0)));
  bucket.put(key, { body: whole, metadata: parts[0]?.metadata ?? {}, modifiedAt });
  for (const name of names) bucket.delete(name);
  return {
    status: 200,
    body: '<CompleteMultipartUploadResult><ETag>"etag"</ETag></CompleteMultipartUploadResult>',
  };
}

function head(object: StoredObject | undefined): Reply {
  if (object === undefined) return { status: 404 };
  const metadata = Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  return {
    status: 200,
    headers: { 'last-modified': object.modifiedAt.toUTCString(), ...Object.fromEntries(metadata) },
  };
}

function get(object: StoredObject | undefined): Reply {
  if (object === undefined) return { status: 404, body: error('NoSuchKey') };
  return { status: 200, headers: { ...object.headers }, body: object.body.toString() };
}

const md5 = (body: Buffer) => createHash('md5').update(body).digest('hex');

function metadataOf(headers: S3Request['headers']): Record<string, string> {
  const prefix = 'x-amz-meta-';
  const own = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), String(value)]));
}

function listing(bucket: Bucket, query: URLSearchParams): string {
  const found = bucket.objects().filter(([key]) => key.startsWith(query.get('prefix') ?? ''));
  const contents = found.map(
    ([key, { modifiedAt, body }]) =>
      `<Contents><Key>${key}</Key><LastModified>${modifiedAt.toISOString()}</LastModified><ETag>"${md5(body)}"</ETag></Contents>`,
  );
  return `<ListBucketResult><KeyCount>${found.length}</KeyCount><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
function versions(bucket: Bucket, query: URLSearchParams): string {
  const [key, id] = [query.get('key-marker'), query.get('version-id-marker')];
  const all = bucket.versions();
  const left = key === null ? all : all.slice(1 + all.findLastIndex((one) => isUntil(one, key, id)));
  const page = left.slice(0, maxKeys);
  const last = page.at(-1);
  const next =
    left.length > page.length && last !== undefined
      ? `<IsTruncated>true</IsTruncated><NextKeyMarker>${last.key}</NextKeyMarker><NextVersionIdMarker>${last.id}</NextVersionIdMarker>`
      : '<IsTruncated>false</IsTruncated>';
  return `<ListVersionsResult>${next}${page.map(described).join('')}</ListVersionsResult>`;
}

/** Whether the version comes before where the page before ended, of which the last may be deleted meanwhile. */
function isUntil(one: Version, key: string, id: string | null): boolean {
  return one.key < key || (one.key === key && (id === null || one.id === id));
}

function described({ key, id, object }: Version): string {
  const kind = object === undefined ? 'DeleteMarker' : 'Version';
  return `<${kind}><Key>${key}</Key><VersionId>${id}</VersionId></${kind}>`;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
function deleteThose(bucket: Bucket, body: string): Reply {
  const wanted = [...body.matchAll(/<Object><Key>(.*?)<\/Key>(?:<VersionId>(.*?)<\/VersionId>)?<\/Object>/g)];
  if (wanted.length === 0 || wanted.length > maxKeys) return { status: 400, body: error('MalformedXML') };
  for (const [, key = '', id] of wanted)
    if (id === undefined) bucket.delete(key);
    else bucket.deleteVersion(key, id);
  return { status: 200, body: '<DeleteResult/>' };
}

function error(code: string): string {
  return `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
}
