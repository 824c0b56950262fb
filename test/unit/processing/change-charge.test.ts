// One change of a charge: there has to be one.

import { expect, it } from 'vitest';
import { changeCharge } from '../../../shared/processing/change-charge.ts';
import { bytes, chargeWorld, deleted, ownerId } from '../support/charge-world.ts';

it('changes nothing of an image that has no charge', async () => {
  const { charge: _, ...image } = deleted({ charge: { bytes } });
  const { record, table, ledger, stored } = await chargeWorld(image);
  const count = () => Promise.reject(new Error('counted'));

  expect(await changeCharge({ table, ledger }, record, 'me', count)).toBeUndefined();
  expect(await stored()).toEqual(record);
});

it('has the change before it forgotten, whose maker may not have lived to', async () => {
  const charge = { bytes, state: 'held', changeId: 'before' } as const;
  const { record, table, ledger, counted } = await chargeWorld(deleted({ charge }));
  await ledger.retake(ownerId, { imageId: record.imageId, bytes, changeId: 'before' });

  await changeCharge({ table, ledger }, record, 'me', async () => 'released');

  expect((await counted())?.moving).toEqual({});
});
