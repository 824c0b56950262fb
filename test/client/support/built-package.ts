// The client library as it is published, in a folder of its own.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildClient, type CompressedBytes } from '../../../scripts/package/client-library.ts';

export interface BuiltPackage {
  /** Has it as `node_modules/darkroom-client`. */
  readonly folder: string;
  readonly packageDir: string;
  readonly compressedBytes: CompressedBytes;
  remove(): Promise<void>;
}

export async function buildPackage(): Promise<BuiltPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-package-'));
  const packageDir = join(folder, 'node_modules', 'darkroom-client');
  for (const name of ['package.json', 'README.md']) await cp(join('client', name), join(packageDir, name));
  const compressedBytes = await buildClient(process.cwd(), packageDir);
  return {
    ...{ folder, packageDir, compressedBytes },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
