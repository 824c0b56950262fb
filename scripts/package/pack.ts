// Everything that goes into the zip of one function: its bundles, and what licenses ask to go along.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleFunction } from './bundle.ts';
import type { ZipFiles } from './zip.ts';

const notice = 'NOTICE';

export interface FunctionPackage {
  readonly files: ZipFiles;
  /** Where the modules that are in the zip, whole or in part, have their rows in the lock file. */
  readonly modules: readonly string[];
  /** Whether it loads what is in the layer of imaging: imaging-layer.ts. */
  readonly needsImagingLayer: boolean;
}

/** @param handler as in serverless.yml: `functions/create-upload.handler` */
export async function packFunction(serviceDir: string, handler: string): Promise<FunctionPackage> {
  const { files, externalModules, moduleRoots } = await bundleFunction(serviceDir, handler);
  return {
    files: { ...files, [notice]: await readFile(join(serviceDir, notice)) },
    modules: moduleRoots,
    needsImagingLayer: externalModules.length > 0,
  };
}
