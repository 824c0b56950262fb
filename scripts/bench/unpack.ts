// Puts a packaged function into a folder where this machine's Node can load it.

import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundleFunctions, type FunctionBundle } from '../package/bundle.ts';
import { fontFiles } from '../package/imaging-layer.ts';

interface UnpackedFunction extends FunctionBundle {
  /** Absolute path of the function's own module. */
  readonly main: string;
}

/** @param handler as in serverless.yml: `functions/create-upload.handler` */
export async function unpackFunction(folder: string, handler: string): Promise<UnpackedFunction> {
  const { bundle } = await bundleFunctions(process.cwd(), { bundle: handler });
  for (const [path, content] of Object.entries(bundle.files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  // What is in the layer: this machine's modules instead of Lambda's, and fonts, which are looked for here first.
  for (const [path, content] of Object.entries(await fontFiles(process.cwd()))) {
    await mkdir(join(folder, dirname(handler), dirname(path)), { recursive: true });
    await writeFile(join(folder, dirname(handler), path), content);
  }
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  return { ...bundle, main: join(folder, `${handler.replace(/\.[^./]+$/, '')}.js`) };
}
