// An images table gives a unit of work to one attempt at a time, and never one that would undo something newer.

import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { statusOf } from '../../../../shared/domain/status.ts';
import { taskAttribute } from '../../../../shared/domain/tasks.ts';
import type { Attempt } from '../../../../shared/processing/ports.ts';
import type { Steps } from './steps.ts';
import {
  attempt,
  created,
  derivedId,
  failed,
  later,
  newer,
  now,
  older,
  overdueAt,
  rejected,
  rendition,
  renditionsDone,
  runningAt,
  sequencer,
  unitOf,
} from './units.ts';

export function claiming({ images, stored, claimed, ended, expectRefusal }: Steps): void {
  const removed = { messageId: 'm', receiveCount: 1 };

  describe('claim', () => {
    it('takes on the first unit of an image that nobody asked a URL for', async () => {
      const imageId = uuidv7();

      const record = await images().table.claim(unitOf(imageId), attempt);

      const { attemptId, messageId, receiveCount, leaseUntil } = attempt;
      expect(record).toEqual({
        ...{
          imageId,
          ownerId: 'unowned',
          createdAt: now.toISOString(),
          updatedAt: now.toISOString(),
          sequencer,
        },
        original: { bucket: 'originals', key: `originals/${imageId}`, eTag: 'etag', bytes: 1234 },
        renditionsTask: {
          ...{ state: 'running', sequencer, revision: '1', attemptId, messageId, receiveCount, leaseUntil },
        },
        ...{ overdueAt, overdueShard: expect.any(String), retriesEndAt: attempt.retriesEndAt },
      });
      expect(await images().table.get(imageId)).toEqual(record);
    });

    it('keeps what was asked for when the URL was issued', async () => {
      const { imageId, ownerId, createdAt, fileName, upload } = await stored({
        createdAt: later(-1000).toISOString(),
      });

      const record = await images().table.claim(unitOf(imageId), attempt);

      expect(record).toMatchObject({ ownerId, createdAt, fileName, upload, updatedAt: now.toISOString() });
    });

    it('leaves an image listed for when it was, and says until when it is worked on', async () => {
      const listed = { overdueShard: '1', overdueAt: later(1).toISOString() };
      const { imageId } = await stored(listed);

      const record = await images().table.claim(unitOf(imageId), attempt);

      expect(record).toMatchObject({ ...listed, retriesEndAt: attempt.retriesEndAt });
    });

    it.each([
      ['a removed object', { removed, sequencer: older }],
      ['an expired image', { expired: true }],
    ] as const)('makes %s one that is there again', async (_what, changes) => {
      const { imageId } = await stored({ imageId: derivedId(), ...changes });

      const record = await images().table.claim(unitOf(imageId), attempt);

      expect(record && statusOf(record)).toBe('processing');
      expect(record).not.toHaveProperty(Object.keys(changes)[0] ?? '');
    });

    it('refuses a removed upload, however new the event', async () => {
      const { imageId } = await stored({ removed, sequencer: older });
      const event = created(imageId, { sequencer: newer });

      await expectRefusal(imageId, () => images().table.claim(unitOf(imageId, { event }), attempt));
    });

    it.each(['running', 'done', 'rejected', 'failed'] as const)(
      'refuses a form that was sent again, the task of the first being %s',
      async (state) => {
        const outcomes = { done: renditionsDone, rejected, failed };
        const { imageId } = state === 'running' ? await claimed() : await ended(outcomes[state]);
        const event = created(imageId, { sequencer: newer, byForm: true });

        for (const task of ['renditions', 'metadata'] as const) {
          await expectRefusal(imageId, () => images().table.claim(unitOf(imageId, { task, event }), attempt));
        }
      },
    );

    it('takes on every task of a form that was sent once', async () => {
      const imageId = uuidv7();
      const event = created(imageId, { byForm: true });

      for (const task of ['renditions', 'metadata'] as const) {
        const record = await images().table.claim(unitOf(imageId, { task, event }), attempt);
        expect(record?.[taskAttribute(task)]).toMatchObject({ state: 'running', sequencer });
      }
    });

    it('takes an object that a form has put under a key that no URL was issued for as a new original', async () => {
      const { imageId } = await stored({
        imageId: derivedId(),
        sequencer,
        renditionsTask: runningAt(sequencer),
      });
      const event = created(imageId, { sequencer: newer, byForm: true });

      expect(await images().table.claim(unitOf(imageId, { event }), attempt)).toMatchObject({
        sequencer: newer,
      });
    });

    it('refuses an upload that came too late', async () => {
      const { imageId } = await stored({ expired: true });

      await expectRefusal(imageId, () => images().table.claim(unitOf(imageId), attempt));
    });

    it('gives a unit that many ask for at once to one of them', async () => {
      const imageId = uuidv7();
      const names = Array.from({ length: 10 }, (_, index) => `attempt-${index}`);

      const records = await Promise.all(
        names.map((name) =>
          images().table.claim(unitOf(imageId), {
            ...attempt,
            attemptId: name,
            messageId: `message of ${name}`,
          }),
        ),
      );

      expect(records.filter((record) => record !== undefined)).toHaveLength(1);
    });

    it('takes on a second task of the same original', async () => {
      const { imageId } = await claimed();

      const record = await images().table.claim(unitOf(imageId, { task: 'metadata' }), attempt);

      expect(record).toMatchObject({ renditionsTask: { sequencer }, metadataTask: { sequencer } });
    });

    it('refuses an original that is older than the one there', async () => {
      const { imageId } = await claimed();
      const event = created(imageId, { sequencer: older });

      for (const task of ['renditions', 'metadata'] as const) {
        await expectRefusal(imageId, () => images().table.claim(unitOf(imageId, { task, event }), attempt));
      }
    });

    it.each(['running', 'done', 'rejected'] as const)(
      'takes on a newer original, the task of the one before being %s',
      async (state) => {
        const { imageId } = await claimed();
        if (state !== 'running') {
          await images().table.settle(unitOf(imageId), attempt, state === 'done' ? renditionsDone : rejected);
        }
        const event = created(imageId, { sequencer: newer, eTag: 'newer', bytes: 5 });

        const record = await images().table.claim(unitOf(imageId, { event }), {
          ...attempt,
          messageId: 'other',
        });

        expect(record).toMatchObject({
          ...{ sequencer: newer, original: { eTag: 'newer', bytes: 5 } },
          renditionsTask: { state: 'running', sequencer: newer },
        });
      },
    );

    const again: Attempt = { ...attempt, attemptId: 'again', receiveCount: 2 };
    const redriven: Attempt = { ...again, messageId: 'redriven', isRedriven: true };

    it.each([
      ['done', renditionsDone, again],
      ['done, by an operator', renditionsDone, redriven],
      ['rejected', rejected, again],
    ])('refuses a unit that is %s', async (_what, outcome, by) => {
      const { imageId } = await ended(outcome);

      await expectRefusal(imageId, () => images().table.claim(unitOf(imageId), by));
    });

    it.each([
      ['that failed', failed, again],
      ['that was rejected, sent back by an operator', rejected, redriven],
    ])('takes on a unit %s', async (_what, outcome, by) => {
      const { imageId } = await ended(outcome);

      const record = await images().table.claim(unitOf(imageId), by);

      expect(record?.renditionsTask).toMatchObject({ state: 'running', attemptId: 'again' });
      expect(record?.renditionsTask).not.toHaveProperty('failure');
    });

    it('takes on a unit that is done, at another revision', async () => {
      const { imageId } = await ended(renditionsDone);

      const record = await images().table.claim(unitOf(imageId, { revision: '2' }), again);

      expect(record?.renditionsTask).toMatchObject({ state: 'running', revision: '2' });
      expect(record?.renditions).toEqual([rendition]);
    });

    const nowMilliseconds = now.getTime();
    it.each([
      ['refuses', 'another message holds, up to the end of its lease', nowMilliseconds, 'other', 2, false],
      ['takes on', 'another message held, its lease over', nowMilliseconds - 1, 'other', 1, true],
      ['takes on', 'an earlier receive of the message holds', nowMilliseconds + 60_000, 'message', 2, true],
      ['refuses', 'the same receive holds', nowMilliseconds + 60_000, 'message', 1, false],
      ['refuses', 'another message holds, received less often', nowMilliseconds + 60_000, 'other', 2, false],
    ])('%s a unit that %s', async (_verb, _what, leaseUntil, messageId, receiveCount, isTaken) => {
      const { imageId } = await claimed({}, { ...attempt, leaseUntil });
      const by = { ...again, messageId, receiveCount };

      if (isTaken) {
        expect(await images().table.claim(unitOf(imageId), by)).toMatchObject({
          renditionsTask: { attemptId: 'again' },
        });
      } else {
        await expectRefusal(imageId, () => images().table.claim(unitOf(imageId), by));
      }
    });
  });
}
