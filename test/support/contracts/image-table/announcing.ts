// An images table notes what consumers were told, unless the image has moved on.

import { describe, expect, it } from 'vitest';
import type { ImageRecord } from '../../../../shared/domain/image-record.ts';
import type { Steps } from './steps.ts';
import { later, newer, renditionsDone, runningAt, sequencer } from './units.ts';

export function announcing({ images, ended, expectRefusal }: Steps): void {
  describe('markAnnounced', () => {
    it('notes the event, and takes the image off the list of overdue ones', async () => {
      const record = await ended(renditionsDone);

      await images().table.markAnnounced(record, 'event');

      const { overdueAt: _at, overdueShard: _shard, retriesEndAt: _end, ...announced } = record;
      expect(await images().table.get(record.imageId)).toEqual({ ...announced, announced: 'event' });
    });

    it('notes the event, and lists the image for when it is to be looked at again', async () => {
      const record = await ended(renditionsDone);

      await images().table.markAnnounced(record, 'event', later(700_000));

      const listed = { ...record, announced: 'event', overdueAt: later(700_000).toISOString() };
      expect(await images().table.get(record.imageId)).toEqual(listed);
    });

    it('notes an event of an image that is not listed', async () => {
      const {
        overdueAt: _at,
        overdueShard: _shard,
        retriesEndAt: _end,
        ...record
      } = await ended(renditionsDone);
      await images().put(record);

      await images().table.markAnnounced(record, 'event');

      expect(await images().table.get(record.imageId)).toEqual({ ...record, announced: 'event' });
    });

    it.each<[string, Partial<ImageRecord>]>([
      ['has a newer original', { sequencer: newer }],
      ['is listed for another time', { overdueAt: later(1).toISOString() }],
      ['is worked on again', { renditionsTask: { ...runningAt(sequencer), attemptId: 'other' } }],
      ['has a task more', { metadataTask: runningAt(sequencer) }],
    ])('leaves an image alone that %s', async (_what, since) => {
      const seen = await ended(renditionsDone);
      await images().put({ ...seen, ...since });

      await expectRefusal(seen.imageId, () => images().table.markAnnounced(seen, 'event'));
    });

    it('leaves an image alone that is listed again, or not any more', async () => {
      const listed = await ended(renditionsDone);
      const { overdueAt: _at, overdueShard: _shard, ...unlisted } = listed;

      await expectRefusal(listed.imageId, () => images().table.markAnnounced(unlisted, 'event'));
      await images().put(unlisted);
      await expectRefusal(listed.imageId, () => images().table.markAnnounced(listed, 'event'));
    });
  });
}
