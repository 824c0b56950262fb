// How an image's record is stored: without what follows from the rest of it. A photo's item stays below 2 KB, and below 1 KB
// until its second task is done, because every kilobyte begun is a write unit, at every write.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html

import { padSequencer, unpaddedSequencer } from '../domain/events/sequencer.ts';
import type { ImageRecord } from '../domain/image-record.ts';
import { originalKey, renditionsPrefix } from '../domain/object-keys.ts';
import type { StoredRendition } from '../domain/stored-rendition.ts';
import { taskAttribute, tasks } from '../domain/tasks.ts';
import { readHex, readUuid, type Stored, storeHex, storeUuid } from './stored-bytes.ts';
import { readMetadata, storeMetadata } from './stored-metadata.ts';
import { readTask, storeTask } from './stored-task.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** How one attribute is stored, and how it is read. */
interface Encoding {
  readonly store: (value: never, imageId: string) => unknown;
  readonly read: (stored: never, imageId: string) => unknown;
}

type Original = NonNullable<ImageRecord['original']>;
type Upload = NonNullable<ImageRecord['upload']>;
/** Content type only where the format's name does not say it, frames only of an animation. */
type RenditionEntry = readonly [
  variant: StoredRendition['variant'],
  format: StoredRendition['format'],
  width: number,
  height: number,
  bytes: number,
  key: string,
  frames?: number,
  contentType?: string,
];

const sequencer: Encoding = { store: unpaddedSequencer, read: padSequencer };

const taskRecord: Encoding = { store: storeTask, read: readTask };
const digest: Encoding = { store: storeHex, read: readHex };
/** Of a task record, which conditions compare by this name. */
const messageId: Encoding = { store: storeUuid, read: readUuid };

const original: Encoding = {
  store: ({ key, eTag, ...rest }: Original, imageId) => ({
    ...{ ...rest, eTag: storeHex(eTag) },
    ...(key !== originalKey(imageId) && { key }),
  }),
  read: ({ key, eTag, ...rest }: Partial<Original> & { eTag: Stored }, imageId) => ({
    ...{ ...rest, eTag: readHex(eTag) },
    key: key ?? originalKey(imageId),
  }),
};

const metadata: Encoding = { store: storeMetadata, read: readMetadata };
const time: Encoding = { store: storeTime, read: readTime };

const upload: Encoding = {
  store: ({ expiresAt, ...rest }: Upload) => ({ ...rest, expiresAt: storeTime(expiresAt) }),
  read: ({ expiresAt, ...rest }: Upload) => ({ ...rest, expiresAt: readTime(expiresAt) }),
};

/** Whatever is no list is left as it is: one record that cannot be read must hold up no other. */
const renditions: Encoding = {
  store: (list: readonly StoredRendition[], imageId) =>
    Array.isArray(list) ? list.map((one) => entryOf(one, imageId)) : list,
  read: (list: readonly RenditionEntry[], imageId) =>
    Array.isArray(list) ? list.map((entry) => renditionOf(entry, imageId)) : list,
};

const encodings: Readonly<Record<string, Encoding>> = {
  ...{ sequencer, original, upload, renditions, sha256: digest, perceptualHash: digest },
  ...{ metadata, updatedAt: time, messageId },
  ...Object.fromEntries(tasks.map((task) => [taskAttribute(task), taskRecord])),
};

/** The item of a record, or attributes of one. */
export function itemOf(imageId: string, record: object): Attributes {
  return mapped(record as Attributes, (encoding, value) => encoding.store(value as never, imageId));
}

/** The record that an item is. */
export function recordOf(item: Attributes): ImageRecord {
  const imageId = String(item['imageId']);
  return mapped(item, (encoding, stored) =>
    encoding.read(stored as never, imageId),
  ) as unknown as ImageRecord;
}

function mapped(attributes: Attributes, change: (encoding: Encoding, value: unknown) => unknown): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      const encoding = encodings[name];
      return [name, encoding && value !== undefined ? change(encoding, value) : value];
    }),
  );
}

function entryOf(
  { variant, format, width, height, bytes, key, frames, contentType }: StoredRendition,
  imageId: string,
): RenditionEntry {
  const lead = keyLead(imageId, variant);
  const short = key.startsWith(lead) ? key.slice(lead.length) : key;
  const entry = [variant, format, width, height, bytes, short] as const;
  if (contentType !== contentTypeOf(format)) return [...entry, frames, contentType];
  return frames === 1 ? entry : [...entry, frames];
}

function renditionOf(
  [
    variant,
    format,
    width,
    height,
    bytes,
    short,
    frames = 1,
    contentType = contentTypeOf(format),
  ]: RenditionEntry,
  imageId: string,
): StoredRendition {
  const key = short.includes('/') ? short : `${keyLead(imageId, variant)}${short}`;
  return { variant, format, contentType, width, height, frames, bytes, key };
}

function keyLead(imageId: string, variant: string): string {
  return `${renditionsPrefix(imageId)}${variant}-`;
}

/** As long as no row of the format table says otherwise; it may not have the row any more when the item is read. */
function contentTypeOf(format: StoredRendition['format']): string {
  return `image/${format}`;
}

/** The milliseconds since the epoch of what is ISO 8601 to the millisecond. */
function storeTime(text: string): number | string {
  const milliseconds = Date.parse(text);
  return Number.isFinite(milliseconds) && new Date(milliseconds).toISOString() === text ? milliseconds : text;
}

function readTime(stored: number | string): string {
  return typeof stored === 'number' ? new Date(stored).toISOString() : stored;
}
