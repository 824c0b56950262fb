// One change of a charge: there has to be one.

import { expect, it } from 'vitest';
import { changeCharge } from '../../../shared/processing/change-charge.ts';
import { bytes, chargeWorld, deleted } from '../support/charge-world.ts';

it('changes nothing of an image that has no charge', async () => {
  const { charge: _, ...image } = deleted({ charge: { bytes } });
  const { record, table, ledger, stored } = await chargeWorld(image);
  const count = () => Promise.reject(new Error('counted'));

  expect(await changeCharge({ table, ledger }, record, 'me', count)).toBeUndefined();
  expect(await stored()).toEqual(record);
});
