// How many processors a function really has.

import { expect, it } from 'vitest';
import { vcpusOf } from '../../../shared/lambda/vcpus.ts';

it.each([
  [128, 1],
  [1769, 1],
  [2048, 1],
  [2653, 1],
  [2654, 2],
  [3008, 2],
  [3538, 2],
  [10_240, 6],
])('a function of %i MB has %i vCPUs', (memoryMb, vcpus) => {
  expect(vcpusOf(memoryMb)).toBe(vcpus);
});
