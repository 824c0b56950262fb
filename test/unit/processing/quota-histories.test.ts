// A thousand random histories of an owner at the limit: uploads, rejections, failures, expiry, deletions, redrives and
// reprocessing, each cut short at any call. No quota is ever exceeded, and in the end the ledger says what is there.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { QuotaLimits } from '../../../shared/domain/quota.ts';
import { isWithin } from '../support/owner-counts.ts';
import { createQuotaWorld, type Ending, type Step, type StepKind } from '../support/quota-world.ts';

const limits: QuotaLimits = { openUploads: 3, images: 4, bytes: 40, rejectedPerHour: 5 };

/** Each as often as its share of all steps. */
const stepKinds = [
  ...(['request', 'request', 'upload', 'upload', 'deliver', 'deliver', 'deliver', 'deliver'] as const),
  ...(['delete', 'reprocess', 'removal', 'reconcile', 'pass'] as const),
] satisfies readonly StepKind[];

const stepOf = (kinds: readonly StepKind[]) =>
  fc.record<Step>({
    kind: fc.constantFrom(...kinds),
    which: fc.nat(5),
    ending: fc.constantFrom<Ending>('ready', 'ready', 'rejected', 'failed'),
    death: fc.option(fc.record({ at: fc.nat(12), isAfter: fc.boolean() }), { nil: undefined }),
  });

it('never exceeds a quota, and never leaks any', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepOf(stepKinds), { minLength: 1, maxLength: 40 }), async (steps) => {
      const world = createQuotaWorld(limits);
      for (const step of steps) {
        await world.take(step);
        expect(isWithin(limits, await world.there())).toBe(true);
      }
      await world.settle();
      expect(await world.ledger()).toEqual(await world.there());
    }),
    { numRuns: 1000, endOnFailure: true },
  );
});

it('never leaks any when an operator sends back what was rejected, which may exceed it', {
  timeout: 120_000,
}, async () => {
  const kinds = [...stepKinds, 'redrive', 'redrive'] as const;
  await fc.assert(
    fc.asyncProperty(fc.array(stepOf(kinds), { minLength: 1, maxLength: 40 }), async (steps) => {
      const world = createQuotaWorld(limits);
      for (const step of steps) await world.take(step);
      await world.settle();
      expect(await world.ledger()).toEqual(await world.there());
    }),
    { numRuns: 1000, endOnFailure: true },
  );
});
