// The operations that are done here, each with its handler.
import type { Handler } from './exchange.ts';
import {
  deleteBucketCors,
  deletePublicAccessBlock,
  getBucketCors,
  getPublicAccessBlock,
  putBucketCors,
  putPublicAccessBlock,
} from './handlers/bucket-configuration.ts';
import {
  getBucketNotificationConfiguration,
  putBucketNotificationConfiguration,
} from './handlers/bucket-notification.ts';
import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  headBucket,
  listBuckets,
} from './handlers/buckets.ts';
import { copyObject } from './handlers/copy-object.ts';
import { deleteObject } from './handlers/delete-object.ts';
import { deleteObjects } from './handlers/delete-objects.ts';
import { getObject, headObject } from './handlers/get-object.ts';
import { listObjectsV2 } from './handlers/list-objects.ts';
import { putObject } from './handlers/put-object.ts';
import type { OperationName } from './operations.ts';

/** PostObject is not here: its form is what is signed, and not its request (answer.ts). */
export const handlers: Readonly<Partial<Record<OperationName, Handler>>> = {
  CopyObject: copyObject,
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  DeleteBucketCors: deleteBucketCors,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  DeletePublicAccessBlock: deletePublicAccessBlock,
  GetBucketCors: getBucketCors,
  GetBucketLocation: getBucketLocation,
  GetBucketNotificationConfiguration: getBucketNotificationConfiguration,
  GetObject: getObject,
  GetPublicAccessBlock: getPublicAccessBlock,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListObjectsV2: listObjectsV2,
  PutBucketCors: putBucketCors,
  PutBucketNotificationConfiguration: putBucketNotificationConfiguration,
  PutObject: putObject,
  PutPublicAccessBlock: putPublicAccessBlock,
};
