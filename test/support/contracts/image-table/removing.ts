// An images table keeps a tombstone where an original was removed.

import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { ImageRecord } from '../../../../shared/domain/image-record.ts';
import type { Steps } from './steps.ts';
import {
  attempt,
  derivedId,
  later,
  metadata,
  newer,
  now,
  older,
  removedAt,
  rendition,
  runningAt,
  sequencer,
  unitOf,
} from './units.ts';

export function removing({ images, stored, claimed, expectRefusal }: Steps): void {
  describe('markDeleted', () => {
    const removal = { messageId: 'removing', receiveCount: 1 };

    it('leaves a tombstone that names its objects, its removal and its owner, and nothing private', async () => {
      const { imageId, renditionsTask } = await stored({
        ...{ sequencer, metadata, renditions: [rendition], superseded: ['old key'], announced: 'event' },
        ...{
          placeholder: { thumbHash: '1QcSHQ', dominantColor: '#8a7c66' },
          perceptualHash: '00',
          sha256: 'ab',
        },
        ...{ original: { bucket: 'originals', key: 'k', eTag: 'e', bytes: 1 }, expired: true as const },
        renditionsTask: { ...runningAt(sequencer), state: 'done' },
        metadataTask: { ...runningAt(sequencer), state: 'done' },
      });

      const record = await images().table.markDeleted(removedAt(imageId, newer), removal);

      const { expiresAtSeconds: _ttl, ...tombstone } = record as ImageRecord & { expiresAtSeconds?: number };
      expect(tombstone).toEqual({
        ...{ imageId, ownerId: 'owner', sequencer: newer, removed: removal, updatedAt: now.toISOString() },
        ...{ renditions: [rendition], superseded: ['old key'], renditionsTask },
        ...{ overdueAt: later(5 * 60_000).toISOString(), overdueShard: expect.any(String) },
      });
      expect(await images().table.get(imageId)).toEqual(record);
    });

    it('leaves a tombstone of an image that nobody has heard of', async () => {
      const imageId = uuidv7();

      const record = await images().table.markDeleted(removedAt(imageId, sequencer), removal);

      expect(record).toMatchObject({ imageId, ownerId: 'unowned', sequencer, removed: removal });
    });

    it.each([
      ['older than the original there', older],
      ['taken into account already', sequencer],
    ])('refuses a removal of an object that is %s', async (_what, at) => {
      const { imageId } = await stored({ imageId: derivedId(), sequencer });

      await expectRefusal(imageId, () => images().table.markDeleted(removedAt(imageId, at), removal));
    });

    it('takes any removal of an upload for final, even one older than what was heard of', async () => {
      const { imageId } = await claimed();

      const record = await images().table.markDeleted(removedAt(imageId, older), removal);

      expect(record).toMatchObject({ removed: removal, sequencer: older });
    });

    it('refuses a second removal of an upload', async () => {
      const { imageId } = await claimed();
      await images().table.markDeleted(removedAt(imageId, sequencer), removal);

      await expectRefusal(imageId, () => images().table.markDeleted(removedAt(imageId, newer), removal));
    });

    it('keeps an older original from being claimed', async () => {
      const imageId = derivedId();
      await images().table.markDeleted(removedAt(imageId, newer), removal);

      await expectRefusal(imageId, () => images().table.claim(unitOf(imageId), attempt));
    });
  });
}
