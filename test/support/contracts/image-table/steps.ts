// What the contract of the images table does over and over, on whichever table is under test.

import { v7 as uuidv7 } from 'uuid';
import { expect } from 'vitest';
import type {
  OwnersImages,
  OwnersRemovals,
  RequestedImages,
  TaskRestarts,
} from '../../../../shared/api/ports.ts';
import type { ImageRecord } from '../../../../shared/domain/image-record.ts';
import type { Attempt, ImageTable, Outcome, Unit } from '../../../../shared/processing/ports.ts';
import type { OverdueTable } from '../../../../shared/reconcile/ports.ts';
import { attempt, created, requested, unitOf } from './units.ts';

/** One table, by all its ports. */
export interface Images {
  readonly table: ImageTable & RequestedImages;
  readonly overdue: OverdueTable;
  readonly owners: OwnersImages & OwnersRemovals & TaskRestarts;
  /** Stores a record whatever was there. */
  put(record: ImageRecord): Promise<void>;
}

export type Steps = ReturnType<typeof stepsOn>;

/** @param images the table under test, once it is open */
export function stepsOn(images: () => Images) {
  async function claimed(changes: Partial<Unit> = {}, by: Attempt = attempt): Promise<ImageRecord> {
    const record = await images().table.claim(unitOf(uuidv7(), changes), by);
    if (record === undefined) throw new Error('the unit was not to be had');
    return record;
  }

  return {
    images,

    /** An image as it is stored: one that was asked for, but for what is given. */
    async stored(changes: Partial<ImageRecord> = {}): Promise<ImageRecord> {
      const record = { ...requested(), ...changes };
      await images().put(record);
      return record;
    },

    /** An image with one unit claimed. */
    claimed,

    /** An image with one unit ended. */
    async ended(outcome: Outcome, changes: Partial<Unit> = {}): Promise<ImageRecord> {
      const { imageId } = await claimed(changes);
      const unit = unitOf(imageId, { ...changes, event: created(imageId) });
      const record = await images().table.settle(unit, attempt, outcome);
      if (record === undefined) throw new Error('the unit was not settled');
      return record;
    },

    /** Expects that a write answers nothing, and leaves the record as it was. */
    async expectRefusal(imageId: string, write: () => Promise<unknown>): Promise<void> {
      const before = await images().table.get(imageId);
      expect(await write()).toBeUndefined();
      expect(await images().table.get(imageId)).toEqual(before);
    },
  };
}
