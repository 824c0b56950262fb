// An imaging process whose parent is gone: it ends, and has nothing to say about it.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const engineModule = fileURLToPath(new URL('../../shared/imaging/engine.ts', import.meta.url));

it('ends without a word when its parent has ended before it was ready', () => {
  const program = `
    import { createImagingEngine } from ${JSON.stringify(engineModule)};
    createImagingEngine();
    process.exit();`;
  // The imaging process holds the same standard error: this returns when both have ended.
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
