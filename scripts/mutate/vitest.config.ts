// How StrykerJS runs tests: those that it is told of by this variable, in processes of its own.
import { defineConfig } from 'vitest/config';

export const testsVariable = 'MUTATE_TESTS';

export default defineConfig({
  test: {
    include: JSON.parse(process.env[testsVariable] ?? '[]') as string[],
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
  },
});
