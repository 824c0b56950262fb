// Builds the page from web/: one HTML file, and scripts and styles that are named after their content.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { workerFiles } from './worker-files.ts';

const entries = ['web/src/page.ts', 'web/page.css'] as const;
const template = 'web/index.html';

export interface BuiltPage {
  /** What it was made of, from the project's folder. */
  readonly inputs: readonly string[];
  /** Names of the scripts that the page loads before anything is asked of it. */
  readonly initialScripts: readonly string[];
}

/**
 * Makes a folder anew, with `index.html` and what the page loads from `/page/`.
 * @param serviceDir the project's folder
 * @param outDir the folder to make, from there
 * @throws {Error} esbuild's BuildFailure, whose `errors` say what is wrong and where
 */
export async function buildPage(serviceDir: string, outDir: string): Promise<BuiltPage> {
  const outdir = join(serviceDir, outDir);
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const workerInputs: string[] = [];
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
    logLevel: 'silent',
    metafile: true,
    plugins: [
      workerFiles({ outdir, names: '[name]-[hash]', onInputs: (paths) => workerInputs.push(...paths) }),
    ],
  });
  const initialScripts = initialScriptsOf(metafile);
  let html = await readFile(join(serviceDir, template), 'utf8');
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint) html = html.replace(`/${entryPoint}`, `/page/${basename(path)}`);
  }
  // Without it the browser would find what a script imports only once it has that script.
  const [, ...imported] = initialScripts;
  const preloads = imported.map((name) => `  <link rel="modulepreload" href="/page/${name}" />\n  `);
  await writeFile(join(outdir, 'index.html'), html.replace('</head>', `${preloads.join('')}</head>`));
  return { inputs: [...Object.keys(metafile.inputs), ...workerInputs, template], initialScripts };
}

/** The entry first, then what it imports other than by `import()`. */
function initialScriptsOf({ outputs }: Metafile): readonly string[] {
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === entries[0]) ?? '';
  const found = new Set([entry]);
  for (const path of found) {
    for (const { path: imported, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement') found.add(imported);
  }
  return [...found].map((path) => basename(path));
}
