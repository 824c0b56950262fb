// Reconciling with everything in memory.

import { beforeEach } from 'vitest';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { variants } from '../../../shared/domain/variants.ts';
import { createRenditionObjects } from '../../../shared/processing/rendition-objects.ts';
import {
  type ReconcileDependencies,
  type ReconcileOptions,
  type Reconciliation,
  reconcile,
} from '../../../shared/reconcile/reconcile.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';
import { createMemoryImageEvents, createMemoryUploadsTopic } from '../../support/memory/messages.ts';
import { createMemoryLedger } from '../../support/memory/owner-ledger.ts';
import { createMemoryOriginals, createMemoryRenditions } from '../../support/memory/stores.ts';

/** When runs take place: after everything that the records of tests say. */
export const now = new Date(Date.now() + 60_000);
export const inFifteenMinutes = new Date(now.getTime() + 15 * 60_000).toISOString();

function createWorld() {
  const images = createMemoryImages(() => now);
  const ledger = createMemoryLedger(() => now);
  const originals = createMemoryOriginals('originals');
  const renditions = createMemoryRenditions();
  const uploads = createMemoryUploadsTopic();
  const imageEvents = createMemoryImageEvents();
  const dependencies: ReconcileDependencies = {
    ...{ table: images.table, ledger, overdue: images.overdue, originals, uploads, imageEvents },
    objects: createRenditionObjects(renditions, originals, variants),
    ...{ maxImages: 100, clock: () => now },
  };
  return {
    ...{ images, ledger, originals, renditions, uploads, imageEvents, dependencies },
    /** One run over one image. */
    async reconciled(record: ImageRecord, options?: ReconcileOptions) {
      await images.put(record);
      const reconciliations = await reconcile(dependencies, options);
      return { reconciliations, after: await images.table.get(record.imageId) };
    },
  };
}

/** A world of its own for every test of the file. */
export function useReconcileWorld(): () => ReturnType<typeof createWorld> {
  let world: ReturnType<typeof createWorld>;
  beforeEach(() => {
    world = createWorld();
  });
  return () => world;
}

export function done(record: ImageRecord, action: string): Reconciliation[] {
  return [{ imageId: record.imageId, action }] as Reconciliation[];
}
