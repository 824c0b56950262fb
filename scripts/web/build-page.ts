// Builds the page from web/: one HTML file, and scripts and styles that are named after their content.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const entries = ['web/src/page.ts', 'web/page.css'] as const;

/**
 * Makes a folder anew, with `index.html` and what the page loads from `/page/`.
 * @param serviceDir the project's folder
 * @param outDir the folder to make, from there
 */
export async function buildPage(serviceDir: string, outDir: string): Promise<void> {
  const outdir = join(serviceDir, outDir);
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: serviceDir,
    entryPoints: [...entries],
    outdir,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  let html = await readFile(join(serviceDir, 'web/index.html'), 'utf8');
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint) html = html.replace(`/${entryPoint}`, `/page/${basename(path)}`);
  }
  await writeFile(join(outdir, 'index.html'), html);
}
