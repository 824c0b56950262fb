// All that a stage knows of one image: its record, its objects, and its messages that were put aside.

import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { ImageRecord } from '../../shared/domain/image-record.ts';
import { isIssued, originalKey, renditionsPrefix } from '../../shared/domain/object-keys.ts';
import type { DiagnosedMessage } from '../dlq/dead-letter-message.ts';
import { approximateCounts, type ReceiveOptions } from '../dlq/receive.ts';
import { type Survey, survey } from '../dlq/survey.ts';
import { readRecords } from '../operations/records.ts';
import type { Stage } from '../operations/stage.ts';
import { OperatorError } from '../terminal/errors.ts';

export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: number;
  readonly storedAt: string | undefined;
}

export interface Gathered {
  readonly record: ImageRecord;
  readonly original: (StoredObject & { readonly eTag: string }) | undefined;
  readonly renditions: readonly StoredObject[];
  /** Of the image alone. */
  readonly putAside: readonly DiagnosedMessage[];
  readonly surveyed: Survey;
  /** How full the workers' queues are: in which of them its message is, nobody can see. */
  readonly queues: readonly { readonly name: string; readonly visible: number; readonly inFlight: number }[];
}

export const receiving: ReceiveOptions & { readonly maxMessages: number } = {
  ...{ maxMessages: 10_000, visibilitySeconds: 60 },
};

/** @throws {OperatorError} when there is no such image */
export async function gather(stage: Stage, imageId: string): Promise<Gathered> {
  const record = (await readRecords(stage, [imageId])).get(imageId);
  if (record === undefined)
    throw new OperatorError(
      `There is no image ${imageId} in stage ${stage.name} at ${stage.place}: its ID is wrong, or its record has expired.`,
    );
  const [surveyed, original, renditions, queues] = await Promise.all([
    survey(stage, receiving),
    originalOf(stage, record),
    renditionsOf(stage, imageId),
    Promise.all(
      stage.queues.map(async ({ source }) => {
        return { name: source.name, ...(await approximateCounts(stage.clients.sqs, source)) };
      }),
    ),
  ]);
  const putAside = surveyed.messages.filter((message) => message.imageId === imageId);
  return { record, original, renditions, putAside, surveyed, queues };
}

async function originalOf(
  { clients, originalsBucket }: Stage,
  { imageId, original }: ImageRecord,
): Promise<Gathered['original']> {
  if (original === undefined && !isIssued(imageId)) return undefined;
  const { bucket = originalsBucket, key = originalKey(imageId) } = original ?? {};
  try {
    const {
      ContentLength = 0,
      LastModified,
      ETag = '',
    } = await clients.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    const storedAt = LastModified?.toISOString();
    return { bucket, key, bytes: ContentLength, storedAt, eTag: ETag.replaceAll('"', '') };
  } catch (error) {
    const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    if (name === 'NotFound' || $metadata?.httpStatusCode === 404) return undefined;
    throw error;
  }
}

async function renditionsOf(
  { clients, renditionsBucket: bucket }: Stage,
  imageId: string,
): Promise<StoredObject[]> {
  const { Contents = [] } = await clients.s3.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: renditionsPrefix(imageId) }),
  );
  return Contents.map(({ Key: key = '', Size: bytes = 0, LastModified }) => {
    return { bucket, key, bytes, storedAt: LastModified?.toISOString() };
  });
}
