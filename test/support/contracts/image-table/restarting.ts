// An images table takes ended tasks back, unless they have moved on.

import { describe, expect, it } from 'vitest';
import type { ImageRecord } from '../../../../shared/domain/image-record.ts';
import type { Steps } from './steps.ts';
import {
  attempt,
  failure,
  later,
  newer,
  now,
  removedAt,
  renditionsDone,
  runningAt,
  sequencer,
  unitOf,
} from './units.ts';

export function restarting({ images, stored, expectRefusal }: Steps): void {
  describe('restart', () => {
    const rejected = { ...runningAt(sequencer), state: 'rejected' as const, failure };
    const done = { ...runningAt(sequencer), state: 'done' as const };
    const charge = { bytes: 5, state: 'held' as const, changeId: 'one', by: 'me' };
    const ended = (changes: Partial<ImageRecord> = {}) =>
      stored({
        sequencer,
        renditionsTask: rejected,
        metadataTask: done,
        announced: 'event',
        charge,
        ...changes,
      });

    it('leaves the tasks that are named to the next attempt, lists the image, and leaves the rest', async () => {
      const seen = await ended();

      const record = await images().owners.restart(seen, ['renditions']);

      expect(record).toEqual({
        ...{ ...seen, updatedAt: now.toISOString() },
        renditionsTask: {
          ...{ state: 'running', sequencer, revision: '1', attemptId: 'restarted', messageId: 'restarted' },
          ...{ receiveCount: 0, leaseUntil: 0 },
        },
        ...{ overdueAt: later(15 * 60_000).toISOString(), overdueShard: expect.any(String) },
      });
      expect(await images().table.claim(unitOf(seen.imageId), attempt)).toMatchObject({
        renditionsTask: { state: 'running', attemptId: attempt.attemptId },
      });
    });

    it('takes several tasks back at once', async () => {
      const seen = await ended({ renditionsTask: done });

      expect(await images().owners.restart(seen, ['renditions', 'metadata'])).toMatchObject({
        ...{ renditionsTask: { leaseUntil: 0 }, metadataTask: { leaseUntil: 0 } },
      });
    });

    it('lets no attempt end that the task is taken from', async () => {
      const seen = await ended();
      await images().owners.restart(seen, ['renditions']);

      await expectRefusal(seen.imageId, () =>
        images().table.settle(unitOf(seen.imageId), attempt, renditionsDone),
      );
    });

    it.each<[string, Partial<ImageRecord>]>([
      ['has a newer original', { sequencer: newer }],
      ['is at work already', { renditionsTask: runningAt(sequencer) }],
      ['was worked on by another attempt', { renditionsTask: { ...rejected, attemptId: 'another' } }],
      ['counts no more', { charge: { bytes: 5, state: 'released', changeId: 'two' } }],
    ])('is refused of an image that %s', async (_what, since) => {
      const seen = await ended();
      await images().put({ ...seen, ...since });

      await expectRefusal(seen.imageId, () => images().owners.restart(seen, ['renditions']));
    });

    it('is refused of an image that is deleted', async () => {
      const seen = await ended();
      await images().table.markDeleted(removedAt(seen.imageId, sequencer), {
        messageId: 'm',
        receiveCount: 1,
      });

      await expectRefusal(seen.imageId, () => images().owners.restart(seen, ['renditions']));
    });
  });
}
