// Tells which objects a backfill is for, by their images' records, and under which sequencer. Pure.
import { lowestSequencer } from '../../shared/domain/events/s3-notification.ts';
import { currentTask, type ImageRecord } from '../../shared/domain/image-record.ts';
import type { ListedObject } from './listing.ts';

/** Wanted: publish it. Known: it is accounted for, nothing to do. Archived: no worker could read it. */
export type Verdict = 'wanted' | 'known' | 'archived';

export interface WantedObject extends ListedObject {
  /** The record's own, so that it is the same original; or lower than any, so that every real event is news. */
  readonly sequencer: string;
}

/**
 * Judges one object.
 * @param staleRevision given for a re-rendering: then wanted is what was rendered at another revision of the preset
 */
export function judge(
  object: ListedObject,
  record: ImageRecord | undefined,
  staleRevision?: string,
): Verdict {
  const isWanted = staleRevision === undefined ? isUnknown(record) : isStale(record, staleRevision);
  if (!isWanted) return 'known';
  return object.isArchived ? 'archived' : 'wanted';
}

export function withSequencer(object: ListedObject, record: ImageRecord | undefined): WantedObject {
  return { ...object, sequencer: record?.sequencer ?? lowestSequencer };
}

/** No event of this object was ever taken into account. */
function isUnknown(record: ImageRecord | undefined): boolean {
  return record?.sequencer === undefined;
}

/** A file that was rejected stays so, however it would be rendered; one that was removed stays removed. */
function isStale(record: ImageRecord | undefined, revision: string): boolean {
  if (record === undefined || record.removed) return false;
  const rendered = currentTask(record, 'renditions');
  return rendered !== undefined && rendered.state !== 'rejected' && rendered.revision !== revision;
}
