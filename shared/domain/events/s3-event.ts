// S3 notifications in: unwraps what SQS delivers (raw or in an SNS envelope) into upload events.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html

import * as z from 'zod/mini';
import { PermanentFailure } from '../errors.ts';
import { imageIdOf } from '../object-keys.ts';
import { normalizeSequencer, sequencerPattern } from './sequencer.ts';

interface ObjectEvent {
  readonly imageId: string;
  readonly bucket: string;
  /** As S3 knows it, form-decoded. */
  readonly key: string;
  /** Normalized: compares as a string. */
  readonly sequencer: string;
}

export interface OriginalCreated extends ObjectEvent {
  readonly kind: 'created';
  readonly eTag: string;
  readonly bytes: number;
  /** When S3 had stored it, in milliseconds since the epoch; absent when the event does not say so. */
  readonly storedAt?: number;
  /** Posted as a form, which S3 takes as often as it is sent. */
  readonly byForm?: true;
}

export interface OriginalRemoved extends ObjectEvent {
  readonly kind: 'removed';
}

export type OriginalEvent = OriginalCreated | OriginalRemoved;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const maxBucketCharacters = 63;
/** 1,024 bytes, each at most three characters once encoded. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const maxEncodedKeyCharacters = 3 * 1024;
/** In bytes. https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html */
const maxVersionIdCharacters = 1024;
/** A multipart ETag has 32 digits and the number of its parts. */
const maxETagCharacters = 64;
/** S3 writes one record a notification. */
const maxRecords = 10;

const record = z.object({
  eventSource: z.literal('aws:s3'),
  eventName: z.string(),
  eventTime: z.optional(z.string()),
  s3: z.object({
    bucket: z.object({ name: z.string().check(z.minLength(1), z.maxLength(maxBucketCharacters)) }),
    object: z.object({
      key: z.string().check(z.minLength(1), z.maxLength(maxEncodedKeyCharacters)),
      sequencer: z.string().check(z.regex(sequencerPattern)),
      size: z.optional(z.int().check(z.nonnegative())),
      eTag: z.optional(z.string().check(z.minLength(1), z.maxLength(maxETagCharacters))),
      versionId: z.optional(z.nullable(z.string().check(z.maxLength(maxVersionIdCharacters)))),
    }),
  }),
});
const notification = z.object({ Records: z.array(record).check(z.minLength(1), z.maxLength(maxRecords)) });
const testEvent = z.object({ Event: z.literal('s3:TestEvent') });
const envelope = z.object({ Type: z.literal('Notification'), Message: z.string() });

/**
 * The events that one SQS message body carries; none for `s3:TestEvent`, which S3 sends when a notification is set, and none
 * for the end of one version.
 * @param ownBucket the stage's own, whose keys stand for issued IDs
 * @throws {PermanentFailure} `malformed-message`, when the body is anything but S3's notification
 */
export function parseOriginalEvents(body: string, ownBucket: string): OriginalEvent[] {
  const parsed = parseJson(body);
  const wrapped = z.safeParse(envelope, parsed);
  const payload = wrapped.success ? parseJson(wrapped.data.Message) : parsed;
  if (z.safeParse(testEvent, payload).success) return [];
  const result = z.safeParse(notification, payload);
  if (!result.success) throw malformed(`not an S3 notification: ${z.prettifyError(result.error)}`);
  return result.data.Records.filter((one) => !isOfOneVersion(one)).map((one) => toEvent(one, ownBucket));
}

/**
 * One version of an object is gone for good, by its ID, as only an operator deletes: it may be an old one, or the mark of a
 * deletion. What S3 calls the removal of an object with versions is that such a mark is made.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
 */
function isOfOneVersion({ eventName, s3 }: z.infer<typeof record>): boolean {
  return (
    /^(ObjectRemoved|LifecycleExpiration):Delete$/.test(eventName) && typeof s3.object.versionId === 'string'
  );
}

function toEvent({ eventName, eventTime, s3 }: z.infer<typeof record>, ownBucket: string): OriginalEvent {
  const bucket = s3.bucket.name;
  const key = decodeKey(s3.object.key);
  const common = {
    imageId: imageIdOf(bucket, key, ownBucket),
    bucket,
    key,
    sequencer: normalizeSequencer(s3.object.sequencer),
  };
  if (/^ObjectCreated:/.test(eventName)) {
    const { eTag, size } = s3.object;
    if (eTag === undefined || size === undefined) throw malformed(`${eventName} without eTag or size`);
    const byForm = eventName === 'ObjectCreated:Post' && { byForm: true as const };
    const storedAt = Date.parse(eventTime ?? '');
    const time = !Number.isNaN(storedAt) && { storedAt };
    return { kind: 'created', ...common, eTag, bytes: size, ...time, ...byForm };
  }
  if (/^(ObjectRemoved|LifecycleExpiration):/.test(eventName)) return { kind: 'removed', ...common };
  throw malformed(`an event that nothing here handles: ${eventName}`);
}

/** S3 form-encodes keys in notifications: a plus is a space. */
function decodeKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch (cause) {
    throw malformed(`an object key that is not form-encoded: ${encoded}`, cause);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed('not JSON', cause);
  }
}

function malformed(message: string, cause?: unknown): PermanentFailure {
  return new PermanentFailure('malformed-message', message, { cause });
}
