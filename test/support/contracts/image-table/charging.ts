// An images table writes what an image counts over what was seen of it, and over nothing else.

import { describe, expect, it } from 'vitest';
import type { Charge } from '../../../../shared/domain/charge.ts';
import type { Steps } from './steps.ts';
import { later, newer, overdueAt, runningAt } from './units.ts';

export function charging({ images, stored, expectRefusal }: Steps): void {
  describe('moveCharge', () => {
    const begun: Charge = { bytes: 5, state: 'releasing', changeId: 'one', by: 'me', leaseUntil: 1 };
    const isNew = true;

    it('begins a change, and lists the image until it has ended', async () => {
      const seen = await stored({ charge: { bytes: 5 } });

      const record = await images().table.moveCharge(seen, begun, { isNew });

      expect(record).toEqual({
        ...{ ...seen, charge: begun },
        ...{ overdueAt: later(5 * 60_000).toISOString(), overdueShard: expect.any(String) },
      });
      expect(await images().table.get(seen.imageId)).toEqual(record);
    });

    it('goes on with a change whatever has become of the image, which stays listed for when it was', async () => {
      const seen = await stored({ charge: begun, overdueShard: '1', overdueAt });
      await images().put({ ...seen, sequencer: newer, renditionsTask: runningAt(newer) });

      const record = await images().table.moveCharge(seen, { ...begun, state: 'released' }, { isNew: false });

      expect(record).toMatchObject({ charge: { state: 'released' }, sequencer: newer, overdueAt });
    });

    it('begins no change of an image that has moved on', async () => {
      const seen = await stored({ charge: { bytes: 5 } });
      await images().put({ ...seen, sequencer: newer, renditionsTask: runningAt(newer) });

      await expectRefusal(seen.imageId, () => images().table.moveCharge(seen, begun, { isNew }));
    });

    it.each<[string, Charge, Charge]>([
      ['has begun a change', { bytes: 5 }, begun],
      ['has ended it', begun, { ...begun, state: 'released' }],
      ['has taken it over', begun, { ...begun, by: 'somebody else' }],
      ['has begun another', begun, { ...begun, changeId: 'two' }],
    ])('refuses to write over whoever %s', async (_what, charge, since) => {
      const seen = await stored({ charge });
      await images().put({ ...seen, charge: since });

      await expectRefusal(seen.imageId, () =>
        images().table.moveCharge(seen, { ...begun, state: 'released' }, { isNew: false }),
      );
    });
  });
}
