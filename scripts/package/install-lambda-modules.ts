// Runs after `npm ci`: fetches Lambda's native modules while the registry is at hand.
// A failure must not spoil the install: only packaging needs them, and it tries again.

import { installLambdaModules } from './lambda-modules.ts';

try {
  await installLambdaModules(process.cwd());
} catch (error) {
  const { message } = error as Error;
  process.stderr.write(
    `Native modules for Lambda were not fetched; "npm run package" will try again. ${message}\n`,
  );
}
