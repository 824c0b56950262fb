// The layer of what imaging runs on and seldom changes: sharp with libvips, libheif, and the fonts of drawings. It is all that is
// large in a function, so that code alone is what a release uploads.
// https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html

import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fonts } from '../../shared/imaging/isolation/fonts.ts';
import { externalModules } from './bundle.ts';
import { bundledLicenses } from './bundled-licenses.ts';
import { copyleftFiles } from './copyleft.ts';
import { moduleFiles, withDependencies } from './lambda-modules.ts';
import type { FunctionPackage } from './pack.ts';
import type { ZipFiles } from './zip.ts';

/** Below `/opt`, where Lambda lays it: what NODE_PATH has there is in `nodejs/node_modules`. */
const root = 'nodejs';

/** @param modulesFolder what `installLambdaModules` answers */
export async function packImagingLayer(serviceDir: string, modulesFolder: string): Promise<FunctionPackage> {
  const modules = await withDependencies(modulesFolder, externalModules);
  const licenses = await bundledLicenses(serviceDir, [fonts.module]);
  const files: ZipFiles = {
    ...(await moduleFiles(modulesFolder, modules)),
    ...(await copyleftFiles(serviceDir, modulesFolder, modules)),
    ...(await fontFiles(serviceDir)),
    ...(licenses !== undefined && { 'LICENSES.txt': Buffer.from(licenses) }),
    NOTICE: await readFile(join(serviceDir, 'NOTICE')),
  };
  return {
    files: Object.fromEntries(Object.entries(files).map(([path, content]) => [`${root}/${path}`, content])),
    modules: [fonts.module, ...modules.map((name) => `node_modules/${name}`)].sort(),
    needsImagingLayer: false,
  };
}

/** The folder `fonts`, as {@link fontEnvironment} looks for it: beside the modules. */
export async function fontFiles(serviceDir: string): Promise<ZipFiles> {
  const paths = [fonts.configuration, ...fonts.files.map((file) => join(fonts.module, file))];
  const contents = paths.map(
    async (file) => [`fonts/${basename(file)}`, await readFile(join(serviceDir, file))] as const,
  );
  return Object.fromEntries(await Promise.all(contents));
}
