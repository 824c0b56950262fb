// Everything that goes into the zip of each function: its bundles, and what licenses ask to go along.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleFunctions, type FunctionBundle } from './bundle.ts';
import type { ZipFiles } from './zip.ts';

const notice = 'NOTICE';

export interface FunctionPackage {
  readonly files: ZipFiles;
  /** Where the modules that are in the zip, whole or in part, have their rows in the lock file. */
  readonly modules: readonly string[];
  /** Whether it loads what is in the layer of imaging: imaging-layer.ts. */
  readonly needsImagingLayer: boolean;
}

/** @param handlers by the names of functions, as in serverless.yml: `functions/create-upload.handler` */
export async function packFunctions<Name extends string>(
  serviceDir: string,
  handlers: Readonly<Record<Name, string>>,
): Promise<Record<Name, FunctionPackage>> {
  const bundles = await bundleFunctions(serviceDir, handlers);
  const noticeText = await readFile(join(serviceDir, notice));
  const packed = Object.entries<FunctionBundle>(bundles).map(
    ([name, { files, externalModules, moduleRoots }]): [string, FunctionPackage] => [
      name,
      {
        files: { ...files, [notice]: noticeText },
        modules: moduleRoots,
        needsImagingLayer: externalModules.length > 0,
      },
    ],
  );
  return Object.fromEntries(packed) as Record<Name, FunctionPackage>;
}
