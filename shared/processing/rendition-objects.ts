// The objects of the renditions task, as whoever removes them knows them: by their keys, or by the unit of work.

import { renditionKeys } from '../domain/object-keys.ts';
import type { Variant } from '../domain/variants.ts';
import type { RenditionCaches, RenditionStore, UploadedOriginals } from './ports.ts';
import type { StoredObjects } from './task-definition.ts';

export function createRenditionObjects(
  renditions: Pick<RenditionStore, 'delete'>,
  originals: UploadedOriginals,
  variants: readonly Variant[],
  caches?: RenditionCaches,
): StoredObjects {
  return {
    deleteOriginal: (imageId) => originals.delete(imageId),
    deleteUnissued: (original) => originals.deleteUnissued(original),
    discard: ({ imageId, sequencer }) => renditions.delete(renditionKeys(imageId, sequencer, variants)),
    delete: (keys) => renditions.delete(keys),
    forget: async (imageId) => caches?.forget(imageId),
  };
}
