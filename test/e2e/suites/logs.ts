// What the stack has printed of all that the suites before asked of it.

import { describe, expect, test } from 'vitest';
import { privateIn } from '../../support/private-in-logs.ts';
import { stackLogs } from '../../support/stack-logs.ts';
import type { Running } from '../support/running.ts';

export function logsSuite(running: Running): void {
  describe('the logs', () => {
    test('tell of requests by their IDs, and hold no token, signature or place', async () => {
      const log = await stackLogs(running().folder);

      expect(log).toMatch(/"request refused".*"requestId":"[0-9a-f-]{36}"/);
      expect(log).toMatch(/"image handled".*"outcome":"done"/);
      expect(privateIn(log)).toEqual([]);
    });
  });
}
