// Reconciling with everything in memory.

import { beforeEach } from 'vitest';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import {
  type ReconcileDependencies,
  type ReconcileOptions,
  type Reconciliation,
  reconcile,
} from '../../../shared/reconcile/reconcile.ts';
import { createMemoryUploadsTopic } from '../../support/memory/messages.ts';
import { uninterrupted } from './intercepted-ports.ts';
import { createMemoryStage } from './memory-stage.ts';

/** When runs take place: after everything that the records of tests say. */
export const now = new Date(Date.now() + 60_000);
export const inFifteenMinutes = new Date(now.getTime() + 15 * 60_000).toISOString();

function createWorld() {
  const stage = createMemoryStage(() => now);
  const { images, ledger, originals, renditions, imageEvents } = stage;
  const uploads = createMemoryUploadsTopic();
  const dependencies: ReconcileDependencies = {
    ...stage.dependencies(uninterrupted),
    ...{ overdue: images.overdue, originals, uploads, maxImages: 100 },
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
