// Builds the page into the folder that the laptop cloud serves it from.

import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** @param serviceDir the project's folder */
export async function buildPage(serviceDir: string, outDir: string): Promise<void> {
  const outdir = join(serviceDir, outDir);
  await mkdir(outdir, { recursive: true });
  await build({
    absWorkingDir: serviceDir,
    entryPoints: ['web/src/page.ts', 'web/page.css'],
    outdir,
    entryNames: '[name]',
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  });
  await copyFile(join(serviceDir, 'web/index.html'), join(outdir, 'index.html'));
}
