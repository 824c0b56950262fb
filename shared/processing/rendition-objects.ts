// The objects of the renditions task, as whoever removes them knows them: by their keys, or by the unit of work.

import type { RenditionStore } from '../aws/rendition-store.ts';
import type { ImageRecord, StoredRendition } from '../domain/image-record.ts';
import { renditionKeys } from '../domain/object-keys.ts';
import type { Variant } from '../domain/variants.ts';
import type { StoredObjects } from './task-definition.ts';

export function createRenditionObjects(
  renditions: Pick<RenditionStore, 'delete'>,
  variants: readonly Variant[],
): StoredObjects {
  return {
    discard: ({ imageId, sequencer }) => renditions.delete(renditionKeys(imageId, sequencer, variants)),
    delete: (keys) => renditions.delete(keys),
  };
}

/** Keys of what the record lists, or listed before, and is not among the renditions to keep. */
export function keysToDelete(record: ImageRecord, kept: readonly StoredRendition[] = []): string[] {
  const keptKeys = new Set(kept.map(({ key }) => key));
  const listed = (record.renditions ?? []).map(({ key }) => key);
  return [...new Set([...listed, ...(record.superseded ?? [])])].filter((key) => !keptKeys.has(key));
}
