// S3 as a deployment needs it: buckets that exist or do not, and the objects of deployments in them.

export interface StoredObject {
  readonly body: Buffer;
  readonly metadata: Readonly<Record<string, string>>;
  readonly modifiedAt: Date;
}

export type Buckets = Map<string, Map<string, StoredObject>>;

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
  const objects = buckets.get(request.bucket);
  if (objects === undefined) return { status: 404, body: error('NoSuchBucket') };
  if (method === 'HEAD' && key === '') return { status: 200 };
  if (method === 'HEAD') return head(objects.get(key));
  if (query.has('uploads') || query.has('uploadId')) return answerParts(objects, request);
  if (method === 'PUT' && key !== '') {
    objects.set(key, { body: request.body, metadata: metadataOf(request.headers), modifiedAt: new Date() });
    return { status: 200, headers: { etag: '"etag"' } };
  }
  if (method === 'GET' && query.has('list-type')) return { status: 200, body: listing(objects, query) };
  if (method === 'GET' && query.has('versions')) return { status: 200, body: versions(objects) };
  if (method === 'GET' && query.has('versioning')) return { status: 200, body: '<VersioningConfiguration/>' };
  if (method === 'POST' && query.has('delete')) {
    for (const [, name = ''] of request.body.toString().matchAll(/<Key>(.*?)<\/Key>/g)) objects.delete(name);
    return { status: 200, body: '<DeleteResult/>' };
  }
  return { status: 501, body: error('NotImplemented') };
}

/** A multipart upload: its parts lie under a name of their own until it is completed. */
function answerParts(
  objects: Map<string, StoredObject>,
  { method, key, query, headers, body }: S3Request,
): Reply {
  const partName = (id: string | null, part: number) => `${key}?uploadId=${id}&part=${part}`;
  if (query.has('uploads')) {
    const started = { body: Buffer.alloc(0), metadata: metadataOf(headers), modifiedAt: new Date() };
    objects.set(partName('1', 0), started);
    return {
      status: 200,
      body: '<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>',
    };
  }
  const id = query.get('uploadId');
  const modifiedAt = new Date();
  if (method === 'PUT') {
    objects.set(partName(id, Number(query.get('partNumber'))), { body, metadata: {}, modifiedAt });
    return { status: 200, headers: { etag: '"part"' } };
  }
  const names = [...objects.keys()].filter((name) => name.startsWith(`${key}?uploadId=${id}&`));
  const parts = names
    .sort((one, other) => Number(one.split('=').at(-1)) - Number(other.split('=').at(-1)))
    .map((name) => objects.get(name));
  const whole = Buffer.concat(parts.map((part) => part?.body ?? Buffer.alloc(0)));
  objects.set(key, { body: whole, metadata: parts[0]?.metadata ?? {}, modifiedAt });
  for (const name of names) objects.delete(name);
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

function metadataOf(headers: S3Request['headers']): Record<string, string> {
  const prefix = 'x-amz-meta-';
  const own = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), String(value)]));
}

function listing(objects: ReadonlyMap<string, StoredObject>, query: URLSearchParams): string {
  const found = [...objects].filter(([key]) => key.startsWith(query.get('prefix') ?? ''));
  const contents = found.map(
    ([key, { modifiedAt }]) =>
      `<Contents><Key>${key}</Key><LastModified>${modifiedAt.toISOString()}</LastModified></Contents>`,
  );
  return `<ListBucketResult><KeyCount>${found.length}</KeyCount><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`;
}

function versions(objects: ReadonlyMap<string, StoredObject>): string {
  const found = [...objects.keys()].map(
    (key) => `<Version><Key>${key}</Key><VersionId>null</VersionId></Version>`,
  );
  return `<ListVersionsResult><IsTruncated>false</IsTruncated>${found.join('')}</ListVersionsResult>`;
}

function error(code: string): string {
  return `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
}
