// Everything that goes into the zip of one function: its bundles, the modules beside them, and what licenses ask to go along.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleFunction } from './bundle.ts';
import { copyleftFiles } from './copyleft.ts';
import { moduleFiles, withDependencies } from './lambda-modules.ts';
import type { ZipFiles } from './zip.ts';

const notice = 'NOTICE';

export interface FunctionPackage {
  readonly files: ZipFiles;
  /** Where the modules that are in the zip, whole or in part, have their rows in the lock file. */
  readonly modules: readonly string[];
}

/**
 * @param modulesFolder what `installLambdaModules` answers
 * @param handler as in serverless.yml: `functions/create-upload.handler`
 */
export async function packFunction(
  serviceDir: string,
  modulesFolder: string,
  handler: string,
): Promise<FunctionPackage> {
  const { files, externalModules, moduleRoots } = await bundleFunction(serviceDir, handler);
  const beside = await withDependencies(modulesFolder, externalModules);
  return {
    files: {
      ...files,
      ...(await moduleFiles(modulesFolder, beside)),
      ...(await copyleftFiles(serviceDir, modulesFolder, beside)),
      [notice]: await readFile(join(serviceDir, notice)),
    },
    modules: [...new Set([...moduleRoots, ...beside.map((name) => `node_modules/${name}`)])].sort(),
  };
}
