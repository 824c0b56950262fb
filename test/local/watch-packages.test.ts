// Packages that are taken from under a running process.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { watchPackages } from '../../scripts/local/watch-packages.ts';
import { eventually, makeFolder } from './support/engines.ts';

test.each([
  ['removed', async () => {}],
  ['installed anew', (folder: string) => mkdir(folder)],
])('is told once of a package that was %s', async (_what, then) => {
  const { path, remove } = await makeFolder();
  onTestFinished(remove);
  const folder = join(path, 'package');
  await mkdir(folder);
  await writeFile(join(folder, 'index.js'), '');
  const whenReplaced = vi.fn<() => void>();
  watchPackages(whenReplaced, join(folder, 'index.js'));

  await writeFile(join(folder, 'other.js'), '');
  await rm(folder, { recursive: true });
  // Takes the number of the old folder, should the file system give it away again at once.
  await mkdir(join(path, 'another'));
  await then(folder);

  await eventually(() => expect(whenReplaced).toHaveBeenCalledTimes(1));
});
