// Which S3 operation a request is, and which ones are done here. What is not in the table is refused by name.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
import { S3Error } from './errors.ts';
import type { S3Request } from './request.ts';

type Level = 'service' | 'bucket' | 'object';

interface Operation {
  readonly method: string;
  readonly level: Level;
  /** The query parameter that tells it from its neighbors. */
  readonly subresource?: string;
  readonly header?: string;
}

const operations = {
  ListBuckets: { method: 'GET', level: 'service' },
  CreateBucket: { method: 'PUT', level: 'bucket' },
  HeadBucket: { method: 'HEAD', level: 'bucket' },
  DeleteBucket: { method: 'DELETE', level: 'bucket' },
  ListObjects: { method: 'GET', level: 'bucket' },
  ListObjectsV2: { method: 'GET', level: 'bucket', subresource: 'list-type' },
  PostObject: { method: 'POST', level: 'bucket' },
  DeleteObjects: { method: 'POST', level: 'bucket', subresource: 'delete' },
  GetBucketLocation: { method: 'GET', level: 'bucket', subresource: 'location' },
  GetBucketCors: { method: 'GET', level: 'bucket', subresource: 'cors' },
  PutBucketCors: { method: 'PUT', level: 'bucket', subresource: 'cors' },
  DeleteBucketCors: { method: 'DELETE', level: 'bucket', subresource: 'cors' },
  GetBucketNotificationConfiguration: { method: 'GET', level: 'bucket', subresource: 'notification' },
  PutBucketNotificationConfiguration: { method: 'PUT', level: 'bucket', subresource: 'notification' },
  GetPublicAccessBlock: { method: 'GET', level: 'bucket', subresource: 'publicAccessBlock' },
  PutPublicAccessBlock: { method: 'PUT', level: 'bucket', subresource: 'publicAccessBlock' },
  DeletePublicAccessBlock: { method: 'DELETE', level: 'bucket', subresource: 'publicAccessBlock' },
  GetObject: { method: 'GET', level: 'object' },
  HeadObject: { method: 'HEAD', level: 'object' },
  PutObject: { method: 'PUT', level: 'object' },
  CopyObject: { method: 'PUT', level: 'object', header: 'x-amz-copy-source' },
  DeleteObject: { method: 'DELETE', level: 'object' },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;

/** Query parameters that make another operation of a request. Others, such as `versionId`, only refine one. */
const subresources = [
  ...['abac', 'accelerate', 'acl', 'analytics', 'annotation', 'attributes', 'cors', 'delete', 'encryption'],
  ...['intelligent-tiering', 'inventory', 'legal-hold', 'lifecycle', 'list-type', 'location', 'logging'],
  ...['max-directory-buckets', 'metadataAnnotationTable', 'metadataConfiguration', 'metadataInventoryTable'],
  ...['metadataJournalTable', 'metadataTable', 'metrics', 'notification', 'object-lock', 'ownershipControls'],
  ...['policy', 'policyStatus', 'publicAccessBlock', 'renameObject', 'replication', 'requestPayment'],
  ...['restore', 'retention', 'select', 'session', 'tagging', 'torrent', 'uploadId', 'uploads', 'versioning'],
  ...['versions', 'website'],
];

/** The operation that a request asks for; undefined when it is none of those above. */
export function recognizeOperation(request: S3Request): OperationName | undefined {
  const level = levelOf(request);
  const asked = subresourcesOf(request);
  const fitting = Object.entries<Operation>(operations).filter(
    ([, operation]) =>
      operation.method === request.method &&
      operation.level === level &&
      (operation.subresource === undefined ? asked.length === 0 : asked.includes(operation.subresource)) &&
      (operation.header === undefined || request.headers.has(operation.header)),
  );
  const [name] = fitting.find(([, { header }]) => header !== undefined) ?? fitting[0] ?? [];
  return name as OperationName | undefined;
}

/** The refusal of a request that has no handler: 405 where S3 has no such method either. */
export function unsupported(request: S3Request, operation: OperationName | undefined): S3Error {
  const { method } = request;
  const asked = subresourcesOf(request);
  if (operation === undefined && asked.length === 0) {
    return new S3Error('MethodNotAllowed', { details: { Method: method } });
  }
  const what = operation ?? `${method} ?${asked.join('&')}`;
  return new S3Error('NotImplemented', {
    message: `${what} is not implemented by this local S3.`,
    details: { Operation: what },
  });
}

function subresourcesOf(request: S3Request): readonly string[] {
  return subresources.filter((name) => request.query.has(name));
}

function levelOf(request: S3Request): Level {
  if (request.bucket === undefined) return 'service';
  return request.key === undefined ? 'bucket' : 'object';
}
