// A zip as it was made before, as long as it would become the same: of large files, compressing is most of what packaging takes.

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ZipFiles, zip } from './zip.ts';

const root = '.build/zips';
/** What compresses is part of what the bytes follow from. */
const ownInputs = ['scripts/package/zip.ts', 'node_modules/fflate/package.json'];
/** One that is being written has another name. */
const finished = /^[0-9a-f]{64}\.zip$/;

/** Zips files, and keeps the zip, and no other, in the project's folder. */
export async function keptZip(serviceDir: string, files: ZipFiles): Promise<Uint8Array> {
  const folder = join(serviceDir, root);
  const name = `${await digestOf(serviceDir, files)}.zip`;
  const kept = await readFile(join(folder, name)).catch(() => undefined);
  if (kept !== undefined) return kept;
  const made = zip(files);
  await mkdir(folder, { recursive: true });
  const making = await mkdtemp(join(folder, 'making-'));
  try {
    await writeFile(join(making, name), made, { flush: true });
    await rename(join(making, name), join(folder, name));
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  const older = (await readdir(folder)).filter((other) => finished.test(other) && other !== name);
  await Promise.all(older.map((other) => rm(join(folder, other), { force: true })));
  return made;
}

async function digestOf(serviceDir: string, files: ZipFiles): Promise<string> {
  const hash = createHash('sha256');
  for (const path of ownInputs) hash.update(await readFile(join(serviceDir, path)));
  for (const [path, content] of Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1)))
    hash.update(`\n${JSON.stringify(path)} ${content.byteLength}\n`).update(content);
  return hash.digest('hex');
}
