// The page as it was built before, as long as nothing has changed that it is made of: a start then waits for no build.

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** What it was made of, with a hash of each file. */
const listName = 'made-of.json';
/** Builds themselves are part of what a page is made of. */
const ownInputs = [
  'scripts/web/build-page.ts',
  'scripts/web/worker-files.ts',
  'node_modules/esbuild/package.json',
];
/** A build that is being made has another name. */
const finished = /^[0-9a-f]{16}$/;
/** Builds of before may still be served by who started then. */
const keptMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Builds the page where that is due.
 * @param serviceDir the project's folder
 * @param rootDir where builds are kept, from there
 * @returns the folder with the page
 * @throws {Error} one line that says what is wrong in web/
 */
export async function keptPage(serviceDir: string, rootDir: string): Promise<string> {
  const root = join(serviceDir, rootDir);
  const kept = (await readdir(root).catch(() => [])).filter((name) => finished.test(name));
  for (const name of kept) {
    const folder = join(root, name);
    if (!(await isUpToDate(serviceDir, folder))) continue;
    await utimes(folder, new Date(), new Date());
    return folder;
  }
  // Loading esbuild takes longer than building.
  const { buildPage } = await import('./build-page.ts');
  await mkdir(root, { recursive: true });
  const made = await mkdtemp(join(root, 'making-'));
  try {
    const { inputs } = await buildPage(serviceDir, relative(serviceDir, made));
    const list = await hashesOf(serviceDir, [...inputs, ...ownInputs]);
    const text = JSON.stringify(list, null, 2);
    await writeFile(join(made, listName), text);
    const folder = join(root, createHash('sha256').update(text).digest('hex').slice(0, 16));
    // Somebody else who built the same just now has made it already.
    await rename(made, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    await removeOld(root);
    return folder;
  } catch (error) {
    throw new Error(`The page cannot be built: ${reasonOf(error)}`, { cause: error });
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

async function isUpToDate(serviceDir: string, folder: string): Promise<boolean> {
  try {
    const list = JSON.parse(await readFile(join(folder, listName), 'utf8')) as Record<string, string>;
    const now = await hashesOf(serviceDir, Object.keys(list));
    return Object.entries(list).every(([path, hash]) => now[path] === hash);
  } catch {
    return false;
  }
}

async function hashesOf(serviceDir: string, paths: readonly string[]): Promise<Record<string, string>> {
  const hashed = paths.toSorted().map(async (path) => {
    const bytes = await readFile(join(serviceDir, path));
    return [path, createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(hashed));
}

async function removeOld(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const folder = join(root, name);
    const usedAtMs = (await stat(folder).catch(() => undefined))?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (Date.now() - usedAtMs > keptMs) await rm(folder, { recursive: true, force: true });
  }
}

/** The first thing that esbuild found, and where. */
function reasonOf(error: unknown): string {
  const [first] =
    (error as { errors?: { text: string; location: { file: string; line: number } | null }[] }).errors ?? [];
  if (!first) return (error as Error).message;
  const { text, location } = first;
  return location ? `${location.file}, line ${location.line}: ${text}` : text;
}
