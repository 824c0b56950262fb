// An images table reads what is there, and stores an image that an upload URL is issued for once.

import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Steps } from './steps.ts';
import { requested } from './units.ts';

export function creating({ images }: Steps): void {
  describe('get', () => {
    it('knows nothing of an image that was never stored', async () => {
      expect(await images().table.get(uuidv7())).toBeUndefined();
    });
  });

  describe('create', () => {
    it('keeps the record, overdue from when its upload URL expires', async () => {
      const record = requested();

      await images().table.create(record);

      expect(await images().table.get(record.imageId)).toEqual({
        ...record,
        overdueShard: expect.any(String),
        overdueAt: record.upload.expiresAt,
      });
    });

    it('leaves an image that is there as it is', async () => {
      const record = requested();
      await images().table.create(record);

      await images().table.create({ ...record, fileName: 'other.jpg' });

      expect(await images().table.get(record.imageId)).toMatchObject({ fileName: 'IMG_1.jpg' });
    });
  });
}
