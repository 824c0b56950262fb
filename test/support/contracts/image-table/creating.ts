// An images table reads what is there, and stores an image that an upload URL is issued for once.

import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Steps } from './steps.ts';
import { requested } from './units.ts';

export function creating({ images, claimed, expectRefusal }: Steps): void {
  describe('get', () => {
    it('knows nothing of an image that was never stored', async () => {
      expect(await images().table.get(uuidv7())).toBeUndefined();
    });
  });

  describe('create', () => {
    it('keeps the record, overdue once an upload must have ended that began before its URL ran out', async () => {
      const record = requested();

      await images().table.create(record);

      expect(await images().table.get(record.imageId)).toEqual({
        ...record,
        overdueShard: expect.any(String),
        overdueAt: new Date(Date.parse(record.upload.expiresAt) + 600_000).toISOString(),
      });
    });

    it('leaves an image that is there as it is', async () => {
      const record = requested();
      await images().table.create(record);

      await images().table.create({ ...record, fileName: 'other.jpg' });

      expect(await images().table.get(record.imageId)).toMatchObject({ fileName: 'IMG_1.jpg' });
    });
  });

  describe('withdraw', () => {
    it('leaves an image that is expired, nobody’s to list, and looked at by nobody', async () => {
      const record = requested();
      await images().table.create(record);

      await images().table.withdraw(record.imageId);

      const withdrawn = await images().table.get(record.imageId);
      expect(withdrawn).toMatchObject({ expired: true });
      for (const name of ['createdAt', 'fileName', 'overdueAt', 'overdueShard'])
        expect(withdrawn).not.toHaveProperty(name);
    });

    it('leaves an image alone that was uploaded, and one that is not there', async () => {
      const { imageId } = await claimed();

      await expectRefusal(imageId, () => images().table.withdraw(imageId));
      await expectRefusal('nobody', () => images().table.withdraw('nobody'));
    });
  });
}
