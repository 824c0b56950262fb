// What every images table must do, the one on DynamoDB and the one in memory: each write on both sides of its condition.

import { beforeAll } from 'vitest';
import { announcing } from './announcing.ts';
import { charging } from './charging.ts';
import { claiming } from './claiming.ts';
import { creating } from './creating.ts';
import { listing } from './listing.ts';
import { overdueImages } from './overdue.ts';
import { removing } from './removing.ts';
import { restarting } from './restarting.ts';
import { settling } from './settling.ts';
import { type Images, stepsOn } from './steps.ts';
import { now } from './units.ts';

/** @param open makes a table that takes for now what the clock says */
export function imageTableContract(open: (clock: () => Date) => Promise<Images>): void {
  let images: Images;
  const steps = stepsOn(() => images);

  beforeAll(async () => {
    images = await open(() => now);
  });

  creating(steps);
  claiming(steps);
  settling(steps);
  removing(steps);
  announcing(steps);
  charging(steps);
  overdueImages(steps);
  listing(steps);
  restarting(steps);
}
