// What a handler gets: the request, who signed it, the response, and what the server works with.
import type { ServerResponse } from 'node:http';
import type { Publish } from './notifications/dispatcher.ts';
import type { ObjectWriter } from './object-writer.ts';
import type { S3Request } from './request.ts';
import type { Authority, Authorization } from './signature/authorize.ts';
import type { Buckets } from './store/buckets.ts';
import type { ObjectFiles } from './store/files.ts';
import type { Objects } from './store/objects.ts';

export interface ServerDependencies {
  readonly authority: Authority;
  readonly buckets: Buckets;
  readonly objects: Objects;
  readonly files: ObjectFiles;
  readonly writer: ObjectWriter;
  readonly publish: Publish;
  readonly bodyIdleMs: number;
}

export interface Exchange {
  readonly request: S3Request;
  readonly authorization: Authorization;
  readonly response: ServerResponse;
  readonly server: ServerDependencies;
}

export type Handler = (exchange: Exchange) => Promise<void>;

/** The bucket of a request that was recognized as one on a bucket. */
export function bucketOf(request: S3Request): string {
  if (request.bucket === undefined) throw new Error('recognized as a bucket operation, yet without a bucket');
  return request.bucket;
}

/** The bucket and key of a request that was recognized as one on an object. */
export function objectOf(request: S3Request): { bucket: string; key: string } {
  if (request.key === undefined) throw new Error('recognized as an object operation, yet without a key');
  return { bucket: bucketOf(request), key: request.key };
}
