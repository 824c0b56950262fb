// What a worker does with the removal of an original: it leaves a tombstone, and clears up what the image had.

import type { OriginalRemoved } from '../domain/events/s3-event.ts';
import type { ImageRecord } from '../domain/image-record.ts';
import type { AnnounceDependencies } from './announce.ts';
import { clearTombstone } from './clear-tombstone.ts';
import type { Attempt, ImageTable } from './ports.ts';
import type { StoredObjects } from './task-definition.ts';

export interface RemoveImageDependencies extends AnnounceDependencies {
  readonly table: ImageTable;
  readonly objects: StoredObjects;
}

type Receive = Pick<Attempt, 'messageId' | 'receiveCount'>;

/** @returns `superseded` when the record knows a newer event, or another receive has removed the image */
export async function removeImage(
  dependencies: RemoveImageDependencies,
  event: OriginalRemoved,
  { messageId, receiveCount }: Receive,
  now: Date,
): Promise<'deleted' | 'superseded'> {
  const { table } = dependencies;
  const receive = { messageId, receiveCount };
  const tombstone = (await table.markDeleted(event, receive)) ?? (await cutShort(table, event, receive));
  if (tombstone === undefined) return 'superseded';
  await clearTombstone(dependencies, tombstone, messageId, now);
  return 'deleted';
}

/** The tombstone that an earlier receive of this message left and may not have cleared. */
async function cutShort(
  table: Pick<ImageTable, 'get'>,
  { imageId, sequencer }: OriginalRemoved,
  { messageId, receiveCount }: Receive,
): Promise<ImageRecord | undefined> {
  const record = await table.get(imageId);
  const removal = record?.sequencer === sequencer ? record.removed : undefined;
  const isEarlier =
    removal !== undefined &&
    'messageId' in removal &&
    removal.messageId === messageId &&
    removal.receiveCount < receiveCount;
  return isEarlier ? record : undefined;
}
