// Bundles functions as Lambda loads them fastest: one minified CommonJS file each, nothing in it that it does not use.

import { dirname, join, relative } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { childPrograms } from '../../shared/imaging/isolation/child-entry.ts';
import { bundledLicenses } from './bundled-licenses.ts';
import type { ZipFiles } from './zip.ts';

/** Modules with native or WebAssembly parts: in the layer of imaging instead of in a bundle. */
export const externalModules = ['sharp', 'libheif-js'];
/** What a module tries to load and does without: debug's colors. It would be a tool's that happens to be installed. */
const absentModules = ['supports-color'];

/** An imaging process has a program of its own, loaded from beside the function that starts it: which engine starts which. */
const programOf = {
  'shared/imaging/engine.ts': childPrograms.render,
  'shared/imaging/metadata-engine.ts': childPrograms.metadata,
} as const;
const programsFolder = 'shared/imaging/isolation';
const licensesFile = 'LICENSES.txt';
const moduleRoot = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

export interface FunctionBundle {
  /** By path in the zip. */
  readonly files: ZipFiles;
  /** What the bundle loads of {@link externalModules}. */
  readonly externalModules: readonly string[];
  /** Folders of the modules that parts of are in the zip's bundles, relative to the service, in order. */
  readonly moduleRoots: readonly string[];
  /** Packages that parts of are in the function's own bundle, largest first. */
  readonly packages: readonly BundledPackage[];
}

interface BundledPackage {
  readonly name: string;
  /** After minifying. */
  readonly bytes: number;
}

type Output = Metafile['outputs'][string];

interface Bundle {
  /** In the zip. */
  readonly path: string;
  readonly contents: Uint8Array;
  readonly output: Output;
}

/** By the path in the zip of the bundle that is made of it. */
type Sources = ReadonlyMap<string, string>;

/** @param handlers by the names of functions, as in serverless.yml: `functions/create-upload.handler` */
export async function bundleFunctions<Name extends string>(
  serviceDir: string,
  handlers: Readonly<Record<Name, string>>,
): Promise<Record<Name, FunctionBundle>> {
  const modules = Object.values<string>(handlers).map(moduleOf);
  const mains = await bundle(serviceDir, new Map(modules.map((path) => [`${path}.js`, `${path}.ts`])));
  const programs = await bundle(serviceDir, new Map(mains.flatMap((main) => [...programsBeside(main)])));
  const bundled = new Map<string, FunctionBundle>();
  for (const main of mains) {
    const own = programs.filter(({ path }) => programsBeside(main).has(path));
    bundled.set(main.path, await withLicenses(serviceDir, main, own));
  }
  return Object.fromEntries(
    Object.entries<string>(handlers).map(([name, handler]) => [name, bundled.get(`${moduleOf(handler)}.js`)]),
  ) as Record<Name, FunctionBundle>;
}

function moduleOf(handler: string): string {
  return handler.replace(/\.[^./]+$/, '');
}

/** Of the imaging processes that the function starts. */
function programsBeside({ path, output }: Bundle): Sources {
  const programs = Object.entries(programOf).filter(([engine]) => engine in output.inputs);
  return new Map(
    programs.map(([, { source, bundled }]) => [join(dirname(path), bundled), join(programsFolder, source)]),
  );
}

async function withLicenses(
  serviceDir: string,
  main: Bundle,
  programs: readonly Bundle[],
): Promise<FunctionBundle> {
  const bundles = [main, ...programs];
  const moduleRoots = [...new Set(bundles.flatMap(({ output }) => rootsIn(output)))].sort();
  const licenses = await bundledLicenses(serviceDir, moduleRoots);
  const files = Object.fromEntries(bundles.map(({ path, contents }) => [path, contents]));
  const imported = bundles.flatMap(({ output }) => output.imports.map(({ path }) => path));
  return {
    files: licenses === undefined ? files : { ...files, [licensesFile]: Buffer.from(licenses) },
    externalModules: externalModules.filter((name) =>
      imported.some((path) => path === name || path.startsWith(`${name}/`)),
    ),
    moduleRoots,
    packages: packagesIn(main.output),
  };
}

/** All in one build: what several of them load is read once. */
async function bundle(serviceDir: string, sources: Sources): Promise<Bundle[]> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: serviceDir,
    entryPoints: [...sources].map(([path, source]) => ({ in: source, out: path.replace(/\.js$/, '') })),
    outdir: serviceDir,
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // What is in a layer is found by NODE_PATH, which require() heeds and import() does not.
    // https://nodejs.org/api/esm.html#no-node_path
    supported: { 'dynamic-import': false },
    mainFields: ['module', 'main'],
    external: [...externalModules, ...absentModules],
    legalComments: 'none',
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl=require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
  });
  return outputFiles.flatMap((file) => {
    const path = relative(serviceDir, file.path);
    const output = metafile.outputs[path];
    return output === undefined ? [] : [{ path, contents: file.contents, output }];
  });
}

function rootsIn({ inputs }: Output): string[] {
  return Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? (moduleRoot.exec(path)?.[0] ?? []) : [],
  );
}

function packagesIn({ inputs }: Output): BundledPackage[] {
  const bytes = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const [, name = 'darkroom'] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
    bytes.set(name, (bytes.get(name) ?? 0) + bytesInOutput);
  }
  return [...bytes].map(([name, sum]) => ({ name, bytes: sum })).sort((a, b) => b.bytes - a.bytes);
}
