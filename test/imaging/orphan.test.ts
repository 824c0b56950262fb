// An imaging process whose parent is gone: it ends, and has nothing to say about it.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';

const path = (file: string) => JSON.stringify(fileURLToPath(new URL(file, import.meta.url)));

it.each([
  ['../../shared/imaging/engine.ts', 'createImagingEngine'],
  ['../../shared/imaging/metadata-engine.ts', 'createMetadataEngine'],
])('of %s ends when its parent has ended before it was ready', async (file, create) => {
  const program = `
    import { ${create} } from ${path(file)};
    import { childIds } from ${path('./children.ts')};
    ${create}();
    console.log(childIds().join());
    process.exit();`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [id = 0] = stdout.split(',').map(Number);
  if (process.platform !== 'linux') return;
  expect(id).toBeGreaterThan(0);
  await vi.waitFor(() => expect(() => process.kill(id, 0)).toThrow('ESRCH'), 10_000);
});
