// What a run mutates: the rooms that it is told of, and of no other room anything.

import { expect, it } from 'vitest';
import { patternsOf } from '../../../scripts/mutate/runs.ts';

it('mutates every file of a room', () => {
  expect(patternsOf(['domain', 'aws'])).toEqual(['shared/domain/**/*.ts', 'shared/aws/**/*.ts']);
});

it('mutates of the contract what checks requests, where its room is mutated', () => {
  expect(patternsOf(['api', 'reconcile'])).toEqual([
    ...['shared/api/**/*.ts', '!shared/api/contract/**'],
    ...['shared/api/contract/queries.ts', 'shared/api/contract/upload-request.ts'],
    'shared/reconcile/**/*.ts',
  ]);
});
