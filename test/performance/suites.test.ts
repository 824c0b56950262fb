// The benchmark's suites as modules: whoever imports one, as the documentation does, gets no side effects.

import { expect, it } from 'vitest';

it('listens to no messages of the process that imports the suites', async () => {
  const before = process.listenerCount('message');
  const { suites } = await import('../../scripts/bench/suites.ts');
  expect(Object.keys(suites)).toContain('memory');
  expect(process.listenerCount('message')).toBe(before);
});
