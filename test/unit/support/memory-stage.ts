// A stage in memory: table, ledger, buckets, queue and topics, and what use cases are given of them.

import { variants } from '../../../shared/domain/variants.ts';
import type { UploadedOriginals } from '../../../shared/processing/ports.ts';
import { createRenditionObjects } from '../../../shared/processing/rendition-objects.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';
import { createMemoryImageEvents, createMemoryQueue } from '../../support/memory/messages.ts';
import { createMemoryLedger } from '../../support/memory/owner-ledger.ts';
import { createMemoryOriginals, createMemoryRenditions } from '../../support/memory/stores.ts';
import type { Intercepting } from './intercepted-ports.ts';

/** @param clock what the whole stage takes for now */
export function createMemoryStage(clock: () => Date) {
  const stage = {
    images: createMemoryImages(clock),
    ledger: createMemoryLedger(clock),
    originals: createMemoryOriginals('originals'),
    renditions: createMemoryRenditions(),
    imageEvents: createMemoryImageEvents(),
    queue: createMemoryQueue(),
  };
  return {
    ...stage,

    /** What most use cases are given, for one whose calls are intercepted. */
    dependencies(intercepting: Intercepting, originals: UploadedOriginals = stage.originals) {
      return {
        table: intercepting(stage.images.table),
        ledger: intercepting(stage.ledger),
        imageEvents: intercepting(stage.imageEvents),
        objects: createRenditionObjects(intercepting(stage.renditions), intercepting(originals), variants),
        clock,
      };
    },
  };
}

export type MemoryStage = ReturnType<typeof createMemoryStage>;
