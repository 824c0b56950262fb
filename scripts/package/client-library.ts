// Builds what is published of the client: minified modules that import nothing, for browsers and Node the library, for browsers
// the uploader, and their types.

import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { workerFiles } from '../web/worker-files.ts';
import { bundledLicenses } from './bundled-licenses.ts';

const bundledModules = [
  'node_modules/openapi-fetch',
  'node_modules/lit',
  'node_modules/lit-element',
  'node_modules/lit-html',
  'node_modules/@lit/reactive-element',
];
const modules = {
  'client.js': 'client/src/client.ts',
  'uploader.js': 'web/src/upload/uploader.ts',
} as const;
/** Types and nothing else: they go along as they are written, but for where the library's types lie. */
const uploaderTypes = 'web/src/upload/uploader-types.ts';
const libraryOfSource = '../../../client/src/client.ts';

/** Bytes of each module as a web server would send it. */
export type CompressedBytes = Readonly<Record<keyof typeof modules, number>>;

/**
 * Fills `dist/` in the folder of the package, which has its package.json already, and puts the license beside it.
 * @param serviceDir the project's folder
 */
export async function buildClient(serviceDir: string, packageDir: string): Promise<CompressedBytes> {
  const dist = join(packageDir, 'dist');
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  const tsc = fileURLToPath(new URL('bin/tsc', import.meta.resolve('typescript/package.json')));
  const typesDir = join(dist, 'types');
  const compile = [tsc, '-p', join(serviceDir, 'client'), '--outDir', typesDir];
  const bundling = Promise.all(
    Object.entries(modules).map(
      async ([name, entry]) => [name, await bundle(serviceDir, entry, join(dist, name))] as const,
    ),
  );
  await Promise.all([bundling, promisify(execFile)(process.execPath, compile)]);
  const types = await readFile(join(serviceDir, uploaderTypes), 'utf8');
  await writeFile(join(typesDir, 'uploader.d.ts'), types.replace(libraryOfSource, './client.d.ts'));
  await copyFile(join(serviceDir, 'LICENSE'), join(packageDir, 'LICENSE'));
  const licenses = await bundledLicenses(serviceDir, bundledModules);
  await writeFile(join(dist, 'LICENSES.txt'), licenses ?? '');
  return Object.fromEntries(await bundling) as CompressedBytes;
}

/** @returns its bytes, compressed */
async function bundle(serviceDir: string, entry: string, outfile: string): Promise<number> {
  const { outputFiles } = await build({
    absWorkingDir: serviceDir,
    entryPoints: [entry],
    outfile,
    write: false,
    bundle: true,
    minify: true,
    sourcemap: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [workerFiles({ outdir: dirname(outfile), names: '[name]' })],
  });
  for (const { path, contents } of outputFiles) await writeFile(path, contents);
  const module = outputFiles.find(({ path }) => path.endsWith('.js'));
  return gzipSync(module?.contents ?? '').byteLength;
}
