// A page that was built before is served again as long as it is made of the same files.
import { cp, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { keptPage } from '../../scripts/web/kept-page.ts';

let project: string;

/** What the page is made of, in a project of its own. */
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'darkroom-page-'));
  onTestFinished(() => rm(project, { recursive: true, force: true }));
  for (const path of ['web', 'client/src', 'scripts/web', 'tsconfig.json'])
    await cp(path, join(project, path), { recursive: true });
  await symlink(join(process.cwd(), 'node_modules'), join(project, 'node_modules'));
});

const build = () => keptPage(project, '.build/page');
const builds = () => readdir(join(project, '.build/page'));

describe('a kept page', () => {
  it('is not built again while nothing has changed', async () => {
    const first = await build();
    await writeFile(join(first, 'index.html'), 'as it was');

    expect(await build()).toBe(first);
    expect(await readFile(join(first, 'index.html'), 'utf8')).toBe('as it was');
  });

  it('is built again for a changed script, style or HTML, and leaves the page before to who serves it', async () => {
    const folders = [await build()];
    for (const path of ['web/src/strings.ts', 'web/page.css', 'web/index.html']) {
      await writeFile(join(project, path), `${await readFile(join(project, path), 'utf8')}\n`);
      folders.push(await build());
    }

    expect(new Set(folders).size).toBe(4);
    expect(await builds()).toHaveLength(4);
  });

  it('is one page for all who build it at the same time', async () => {
    const folders = await Promise.all([build(), build(), build()]);

    expect(new Set(folders).size).toBe(1);
    expect(await builds()).toHaveLength(1);
    expect(await readdir(folders[0] ?? '')).toContain('index.html');
  });

  it('goes a week after it was last used', async () => {
    const first = await build();
    const longAgo = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000);
    await utimes(first, longAgo, longAgo);
    await writeFile(join(project, 'web/page.css'), '');

    const second = await build();

    expect(await builds()).toEqual([second.slice(second.lastIndexOf('/') + 1)]);
  });

  it('that cannot be built says in one line what is wrong and where, and leaves nothing behind', async () => {
    await writeFile(join(project, 'web/src/routes.ts'), 'export const = 1;\n');

    await expect(build()).rejects.toThrow(/^The page cannot be built: web\/src\/routes\.ts, line 1: [^\n]+$/);
    expect(await builds()).toEqual([]);
  });
});
