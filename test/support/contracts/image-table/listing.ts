// An images table knows an owner's images, newest first, and what is stored of them.

import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Steps } from './steps.ts';
import { later, now, removedAt, sequencer } from './units.ts';

export function listing({ images, stored }: Steps): void {
  describe('the images of an owner', () => {
    async function owned(count: number, ownerId = `own-${uuidv7()}`) {
      const positions = [];
      for (let index = 0; index < count; index += 1) {
        const createdAt = later(index).toISOString();
        const { imageId } = await stored({ ownerId, createdAt });
        positions.unshift({ imageId, createdAt });
      }
      return { ownerId, positions };
    }

    it('are in the order of their age, newest first, and nobody else’s', async () => {
      const { ownerId, positions } = await owned(3);
      await owned(1);

      expect(await images().owners.positions(ownerId, 10)).toEqual(positions);
      expect(await images().owners.positions('own-nobody', 10)).toEqual([]);
    });

    it('are as many as are wanted, from right after a position on', async () => {
      const { ownerId, positions } = await owned(5);

      expect(await images().owners.positions(ownerId, 2)).toEqual(positions.slice(0, 2));
      expect(await images().owners.positions(ownerId, 2, positions[1])).toEqual(positions.slice(2, 4));
      expect(await images().owners.positions(ownerId, 2, positions[4])).toEqual([]);
    });

    it('follow a position whose image is gone', async () => {
      const { ownerId, positions } = await owned(3);
      const [, second] = positions;
      const removal = { messageId: 'removing', receiveCount: 1 };
      await images().table.markDeleted(removedAt(second?.imageId ?? '', sequencer), removal);

      expect(await images().owners.positions(ownerId, 5)).toEqual([positions[0], positions[2]]);
      expect(await images().owners.positions(ownerId, 5, second)).toEqual(positions.slice(2));
    });

    it('that were made at one time are all met, each once', async () => {
      const ownerId = `own-${uuidv7()}`;
      const made = await Promise.all([1, 2, 3, 4].map(() => stored({ ownerId })));
      const [first] = await images().owners.positions(ownerId, 1);

      const rest = await images().owners.positions(ownerId, 5, first);

      const met = [first, ...rest].map((position) => position?.imageId);
      expect(met.toSorted()).toEqual(made.map(({ imageId }) => imageId).toSorted());
      expect(first?.createdAt).toBe(now.toISOString());
    });

    it('are read by their IDs, more than a hundred at a time, and what is not there is left out', async () => {
      const made = await Promise.all(Array.from({ length: 103 }, () => stored()));

      const records = await images().owners.records([...made.map(({ imageId }) => imageId), uuidv7()]);

      expect(records.size).toBe(103);
      for (const record of made) expect(records.get(record.imageId)).toEqual(record);
    });
  });
}
