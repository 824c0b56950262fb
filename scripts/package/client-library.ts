// Builds the client library: one minified module for browsers and Node that imports nothing, and its types.

import { execFile } from 'node:child_process';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { workerFiles } from '../web/worker-files.ts';
import { bundledLicenses } from './bundled-licenses.ts';

const bundledModules = ['node_modules/openapi-fetch'];

/**
 * Fills `dist/` in the folder of the package, which has its package.json already, and puts the license beside it.
 * @param serviceDir the project's folder
 * @returns bytes of the module as a web server would send it
 */
export async function buildClient(serviceDir: string, packageDir: string): Promise<number> {
  const dist = join(packageDir, 'dist');
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  const tsc = fileURLToPath(new URL('bin/tsc', import.meta.resolve('typescript/package.json')));
  const typesDir = join(dist, 'types');
  const compile = [tsc, '-p', join(serviceDir, 'client'), '--outDir', typesDir];
  const bundling = bundle(serviceDir, join(dist, 'client.js'));
  await Promise.all([bundling, promisify(execFile)(process.execPath, compile)]);
  await copyFile(join(serviceDir, 'LICENSE'), join(packageDir, 'LICENSE'));
  const licenses = await bundledLicenses(serviceDir, bundledModules);
  await writeFile(join(dist, 'LICENSES.txt'), licenses ?? '');
  return gzipSync((await bundling) ?? '').byteLength;
}

async function bundle(serviceDir: string, outfile: string): Promise<Uint8Array | undefined> {
  const { outputFiles } = await build({
    absWorkingDir: serviceDir,
    entryPoints: ['client/src/client.ts'],
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
  return outputFiles.find(({ path }) => path.endsWith('.js'))?.contents;
}
