// The objects of the renditions task, as whoever removes them knows them: by the record, or by the unit of work.

import { renditionKeys } from '../object-keys.ts';
import type { RenditionStore } from '../store/rendition-store.ts';
import type { Variant } from '../variants.ts';
import type { StoredObjects } from './task-definition.ts';

export function createRenditionObjects(
  renditions: Pick<RenditionStore, 'delete'>,
  variants: readonly Variant[],
): StoredObjects {
  return {
    discard: ({ imageId, sequencer }) => renditions.delete(renditionKeys(imageId, sequencer, variants)),
    prune(record, kept) {
      const keptKeys = new Set(kept.map(({ key }) => key));
      const listed = (record.renditions ?? []).map(({ key }) => key);
      return renditions.delete(listed.filter((key) => !keptKeys.has(key)));
    },
  };
}
