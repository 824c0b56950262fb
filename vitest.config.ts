// The one test configuration. Tests bring their own ports and folders, so files may run beside each other and beside a running stack.
import { defineConfig } from 'vitest/config';

const fastTests = ['test/unit/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Many tests break things on purpose: the workers' logs of it would bury the one line that matters.
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
    projects: [
      {
        extends: true,
        // Tests that need nothing share the modules that others have loaded: most of their time would be spent on that.
        test: {
          name: 'fast',
          include: fastTests,
          isolate: false,
          setupFiles: 'test/unit/support/nothing-outside.ts',
        },
      },
      { extends: true, test: { name: 'whole', include: ['test/**/*.test.ts'], exclude: fastTests } },
    ],
  },
});
