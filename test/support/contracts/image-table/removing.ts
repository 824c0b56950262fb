// An images table keeps a tombstone where an original was removed.

import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { ImageRecord } from '../../../../shared/domain/image-record.ts';
import type { Steps } from './steps.ts';
import {
  attempt,
  created,
  derivedId,
  later,
  metadata,
  newer,
  now,
  older,
  removedAt,
  rendition,
  renditionsDone,
  runningAt,
  sequencer,
  unitOf,
} from './units.ts';

export function removing({ images, stored, claimed, ended, expectRefusal }: Steps): void {
  describe('the removal by its owner', () => {
    const byOwner = (imageId: string, ownerId = 'owner') => images().owners.markDeleted(imageId, ownerId);
    const mine = async (changes: Partial<ImageRecord> = {}) =>
      stored({ ...{ sequencer, renditions: [rendition], renditionsTask: runningAt(sequencer) }, ...changes });

    it('leaves a tombstone that says what is to be deleted, and until when something could be uploaded', async () => {
      const original = { bucket: 'originals', key: 'k', eTag: 'e', bytes: 1 };
      const { imageId, upload, charge, renditionsTask } = await mine({
        ...{ original, metadata, superseded: ['old key'], announced: 'event', expired: true as const },
        metadataTask: { ...runningAt(sequencer), state: 'done' },
      });

      const record = await byOwner(imageId);

      const { expiresAtSeconds: _ttl, ...tombstone } = record as ImageRecord & { expiresAtSeconds?: number };
      expect(tombstone).toEqual({
        ...{ imageId, ownerId: 'owner', removed: { byOwner: true }, updatedAt: now.toISOString() },
        ...{ renditions: [rendition], superseded: ['old key'], renditionsTask, original, upload },
        ...{ charge, expired: true },
        ...{ overdueAt: later(5 * 60_000).toISOString(), overdueShard: expect.any(String) },
        sequencer: 'F'.repeat(40),
      });
      expect(await images().table.get(imageId)).toEqual(record);
    });

    it('takes an image that nothing was uploaded for yet', async () => {
      const { imageId } = await stored();

      expect(await byOwner(imageId)).toMatchObject({ removed: { byOwner: true } });
    });

    it('is refused to anybody else, of what is not there, and a second time', async () => {
      const { imageId } = await mine();
      await expectRefusal(imageId, () => byOwner(imageId, 'somebody'));
      const unknown = uuidv7();
      await expectRefusal(unknown, () => byOwner(unknown));
      await byOwner(imageId);

      await expectRefusal(imageId, () => byOwner(imageId));
    });

    it('is refused of what was removed before', async () => {
      const { imageId } = await mine();
      await images().table.markDeleted(removedAt(imageId, newer), { messageId: 'm', receiveCount: 1 });

      await expectRefusal(imageId, () => byOwner(imageId));
    });

    it.each(['an upload', 'an object that nobody issued a URL for'])(
      'of %s is not undone or overtaken by any event, and no attempt ends on it',
      async (what) => {
        const imageId = what === 'an upload' ? uuidv7() : derivedId();
        await mine({ imageId });
        await byOwner(imageId);
        const highest = 'F'.repeat(32).padEnd(40, '0');
        const unit = unitOf(imageId, { event: created(imageId, { sequencer: highest }), revision: 'new' });

        await expectRefusal(imageId, () => images().table.claim(unit, attempt));
        await expectRefusal(imageId, () =>
          images().table.claim(unitOf(imageId), { ...attempt, isRedriven: true }),
        );
        await expectRefusal(imageId, () => images().table.settle(unitOf(imageId), attempt, renditionsDone));
        const removal = { messageId: 'm', receiveCount: 1 };
        await expectRefusal(imageId, () => images().table.markDeleted(removedAt(imageId, highest), removal));
      },
    );

    it('takes the image out of its owner’s list', async () => {
      const { imageId } = await ended(renditionsDone);
      const isListed = async () =>
        (await images().owners.positions('unowned', 1000)).some((one) => one.imageId === imageId);
      expect(await isListed()).toBe(true);

      await byOwner(imageId, 'unowned');

      expect(await isListed()).toBe(false);
    });
  });

  describe('markDeleted', () => {
    const removal = { messageId: 'removing', receiveCount: 1 };

    it('leaves a tombstone that names its objects, its removal and its owner, and nothing private', async () => {
      const { imageId, charge, renditionsTask } = await stored({
        ...{ sequencer, metadata, renditions: [rendition], superseded: ['old key'], announced: 'event' },
        ...{
          placeholder: { thumbHash: '1QcSHQ', dominantColor: '#8a7c66' },
          perceptualHash: '00',
          sha256: 'ab',
        },
        original: { bucket: 'originals', key: 'k', eTag: 'e', bytes: 1 },
        renditionsTask: { ...runningAt(sequencer), state: 'done' },
        metadataTask: { ...runningAt(sequencer), state: 'done' },
      });

      const record = await images().table.markDeleted(removedAt(imageId, newer), removal);

      const { expiresAtSeconds: _ttl, ...tombstone } = record as ImageRecord & { expiresAtSeconds?: number };
      expect(tombstone).toEqual({
        ...{ imageId, ownerId: 'owner', sequencer: newer, removed: removal, updatedAt: now.toISOString() },
        ...{ renditions: [rendition], superseded: ['old key'], renditionsTask, charge },
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

    it('refuses the removal of what was uploaded too late', async () => {
      const { imageId } = await stored({ expired: true });

      await expectRefusal(imageId, () => images().table.markDeleted(removedAt(imageId, newer), removal));
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
