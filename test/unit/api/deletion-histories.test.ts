// A thousand random histories of one image that its owner deletes: uploads and late uploads, workers that race, fail and die,
// messages that come twice or end in a DLQ, calls that take effect and are never answered. In the end nothing of it is stored.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { statusOf } from '../../../shared/domain/status.ts';
import { createDeletionWorld, type DeletionWorldOptions, type Fault } from '../support/deletion-world.ts';

const faults = fc.array(
  fc.record<Fault>({
    at: fc.nat(60),
    kind: fc.constantFrom('fails', 'dies before it', 'dies after it'),
  }),
  { maxLength: 8 },
);

interface History extends DeletionWorldOptions {
  readonly uploads: number;
  readonly deletions: number;
}

const history = fc.record<History>({
  uploads: fc.integer({ min: 0, max: 3 }),
  deletions: fc.integer({ min: 1, max: 2 }),
  copies: fc.integer({ min: 1, max: 2 }),
  faults,
});

it('leaves nothing of a deleted image, whatever happens meanwhile, and tells of it once', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), history, async (scheduler, how) => {
      const world = createDeletionWorld(scheduler, how);
      await world.image();
      const actors = [
        ...Array.from({ length: how.uploads }, () => world.upload()),
        ...Array.from({ length: how.deletions }, () => world.deleteImage()),
      ];
      await scheduler.waitFor(Promise.all(actors).then(world.allDelivered));

      await world.reconcileUntilQuiet();

      const { record, originals, renditions, told } = await world.end();
      expect(record && statusOf(record)).toBe('deleted');
      expect(record).not.toHaveProperty('overdueAt');
      expect({ originals, renditions }).toEqual({ originals: undefined, renditions: [] });
      expect(told.filter(({ type }) => type === 'image.deleted').length).toBeGreaterThan(0);
      expect(
        new Set(told.filter(({ type }) => type === 'image.deleted').map(({ eventId }) => eventId)).size,
      ).toBe(1);
    }),
    { numRuns: 1000, endOnFailure: true },
  );
});
