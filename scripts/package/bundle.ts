// Bundles one function as Lambda loads it fastest: one minified CommonJS file, nothing in it that it does not use.

import { dirname, join } from 'node:path';
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

type Bundle = Omit<FunctionBundle, 'moduleRoots'> & { readonly metafile: Metafile };

/** @param handler as in serverless.yml: `functions/create-upload.handler` */
export async function bundleFunction(serviceDir: string, handler: string): Promise<FunctionBundle> {
  const path = handler.replace(/\.[^./]+$/, '');
  const main = await bundle(serviceDir, `${path}.ts`, `${path}.js`);
  const programs = Object.entries(programOf).flatMap(([engine, program]) =>
    engine in main.metafile.inputs ? [program] : [],
  );
  const children = programs.map(({ source, bundled }) =>
    bundle(serviceDir, join(programsFolder, source), join(dirname(path), bundled)),
  );
  return withLicenses(serviceDir, [main, ...(await Promise.all(children))]);
}

async function withLicenses(serviceDir: string, bundles: readonly Bundle[]): Promise<FunctionBundle> {
  const moduleRoots = [...new Set(bundles.flatMap(({ metafile }) => rootsIn(metafile)))].sort();
  const licenses = await bundledLicenses(serviceDir, moduleRoots);
  const files = Object.assign({}, ...bundles.map((one) => one.files)) as ZipFiles;
  return {
    files: licenses === undefined ? files : { ...files, [licensesFile]: Buffer.from(licenses) },
    externalModules: [...new Set(bundles.flatMap((one) => one.externalModules))],
    moduleRoots,
    packages: bundles[0]?.packages ?? [],
  };
}

async function bundle(serviceDir: string, source: string, target: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: serviceDir,
    entryPoints: [source],
    outfile: target,
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
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
  return {
    metafile,
    packages: packagesIn(metafile),
    files: Object.fromEntries(
      outputFiles.map(({ path, contents }) => [join(path).slice(serviceDir.length + 1), contents]),
    ),
    externalModules: externalModules.filter((name) =>
      imported.some(({ path }) => path === name || path.startsWith(`${name}/`)),
    ),
  };
}

function rootsIn({ outputs }: Metafile): string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? (moduleRoot.exec(path)?.[0] ?? []) : [],
  );
}

function packagesIn({ outputs }: Metafile): BundledPackage[] {
  const bytes = new Map<string, number>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const [, name = 'darkroom'] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
      bytes.set(name, (bytes.get(name) ?? 0) + bytesInOutput);
    }
  }
  return [...bytes].map(([name, sum]) => ({ name, bytes: sum })).sort((a, b) => b.bytes - a.bytes);
}
