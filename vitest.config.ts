// The one test configuration. Tests bring their own ports and folders, so files may run beside each other and beside a running stack.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Many tests break things on purpose: the workers' logs of it would bury the one line that matters.
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
  },
});
