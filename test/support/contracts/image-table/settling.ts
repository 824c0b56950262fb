// An images table ends a unit for the attempt that holds it, and for nobody else.

import { describe, expect, it } from 'vitest';
import type { Steps } from './steps.ts';
import {
  attempt,
  created,
  failed,
  failure,
  metadata,
  metadataDone,
  newer,
  now,
  overdueAt,
  rejected,
  rendition,
  renditionsDone,
  renditionsResult,
  sequencer,
  unitOf,
} from './units.ts';

export function settling({ images, stored, claimed, ended, expectRefusal }: Steps): void {
  describe('settle', () => {
    it('records what the task leaves, and what was superseded', async () => {
      const { imageId } = await claimed();

      const record = await images().table.settle(unitOf(imageId), attempt, renditionsDone, ['old key']);

      expect(record).toMatchObject({
        ...renditionsResult,
        renditionsTask: { state: 'done', attemptId: 'attempt', sequencer, revision: '1' },
        ...{ superseded: ['old key'], updatedAt: now.toISOString(), overdueAt },
      });
      expect(await images().table.get(imageId)).toEqual(record);
    });

    it('keeps every name of the attempt that settled, for whoever finishes its work', async () => {
      const { renditionsTask } = await ended(renditionsDone);

      const { attemptId, messageId, receiveCount, leaseUntil } = attempt;
      expect(renditionsTask).toEqual({
        ...{ state: 'done', sequencer, revision: '1', attemptId, messageId, receiveCount, leaseUntil },
      });
    });

    it('records nothing that the task’s row does not name', async () => {
      const forged = { ...metadataDone, result: { metadata, ownerId: 'thief', renditions: [rendition] } };

      const record = await ended(forged, { task: 'metadata' });

      expect(record).toMatchObject({ ownerId: 'unowned', metadata });
      expect(record).not.toHaveProperty('renditions');
    });

    it('leaves what was superseded before when nothing is', async () => {
      const { imageId } = await stored({ superseded: ['old key'] });
      await images().table.claim(unitOf(imageId), attempt);

      expect(await images().table.settle(unitOf(imageId), attempt, failed)).toMatchObject({
        superseded: ['old key'],
      });
    });

    it.each([
      ['failure', failed],
      ['rejection', rejected],
    ])('records a %s with its reason, and no results', async (_what, outcome) => {
      const record = await ended(outcome);

      expect(record.renditionsTask).toMatchObject(outcome);
      expect(record).not.toHaveProperty('renditions');
    });

    it('refuses an attempt that does not hold the unit', async () => {
      const { imageId } = await claimed();
      const other = { ...attempt, attemptId: 'other' };

      await expectRefusal(imageId, () => images().table.settle(unitOf(imageId), other, renditionsDone));
    });

    it('refuses a unit that was overtaken', async () => {
      const { imageId } = await claimed();
      const event = created(imageId, { sequencer: newer });
      await images().table.claim(unitOf(imageId, { task: 'metadata', event }), attempt);

      await expectRefusal(imageId, () => images().table.settle(unitOf(imageId), attempt, renditionsDone));
    });

    it('refuses to tell of a second rejection, but takes it without its reason', async () => {
      const { imageId } = await ended(rejected);
      const unit = unitOf(imageId, { task: 'metadata' });
      await images().table.claim(unit, attempt);

      await expectRefusal(imageId, () => images().table.settle(unit, attempt, rejected));
      const record = await images().table.settle(unit, attempt, { state: 'rejected' });
      expect(record?.metadataTask).toMatchObject({ state: 'rejected' });
      expect(record?.metadataTask).not.toHaveProperty('failure');
    });

    it.each([
      ['another task failed', failed, rejected],
      ['another task is done', renditionsDone, rejected],
      ['another task rejected it, and this one failed', rejected, failed],
      ['another task rejected it, and this one is done', rejected, metadataDone],
    ])('settles a task of an original that %s', async (_what, first, second) => {
      const { imageId } = await ended(first);
      const unit = unitOf(imageId, { task: 'metadata' });
      await images().table.claim(unit, attempt);

      expect(await images().table.settle(unit, attempt, second)).toMatchObject({
        metadataTask: { state: second.state },
      });
    });

    it('tells of a rejection though the original before was rejected by another task', async () => {
      const { imageId } = await ended(rejected);
      const unit = unitOf(imageId, { task: 'metadata', event: created(imageId, { sequencer: newer }) });
      await images().table.claim(unit, attempt);

      expect(await images().table.settle(unit, attempt, rejected)).toMatchObject({
        metadataTask: { failure },
      });
    });
  });
}
