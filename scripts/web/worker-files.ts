// Gives each worker of a bundle a file of its own beside it: `new URL('./NAME.ts', import.meta.url)`, in a file whose name ends
// with `-in-worker.ts`, leads to what is built of NAME.ts.

import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

interface WorkerFiles {
  /** Where the bundle goes. */
  readonly outdir: string;
  /** As esbuild's `entryNames`. */
  readonly names: string;
  /** Told of what a worker was made of, as in esbuild's metafile. */
  readonly onInputs?: (paths: readonly string[]) => void;
}

const workerUrl = /new URL\('\.\/([\w-]+\.ts)', import\.meta\.url\)/;

export function workerFiles({ outdir, names, onInputs }: WorkerFiles): Plugin {
  return {
    name: 'worker-files',
    setup({ initialOptions, onLoad }) {
      onLoad({ filter: /-in-worker\.ts$/ }, async ({ path }) => {
        const code = await readFile(path, 'utf8');
        const [, name] = workerUrl.exec(code) ?? [];
        if (name === undefined)
          throw new Error(`${path} starts no worker: it has no new URL('./NAME.ts', import.meta.url).`);
        const { metafile } = await build({
          ...inherited(initialOptions),
          ...{ entryPoints: [join(dirname(path), name)], outdir, entryNames: names },
          ...{ bundle: true, format: 'esm', metafile: true },
        });
        onInputs?.(Object.keys(metafile.inputs));
        const [file = ''] = Object.keys(metafile.outputs);
        const contents = code.replace(workerUrl, `new URL('./${basename(file)}', import.meta.url)`);
        return { contents, loader: 'ts' };
      });
    },
  };
}

function inherited({ absWorkingDir, target, minify, legalComments, logLevel }: BuildOptions): BuildOptions {
  const options = { absWorkingDir, target, minify, legalComments, logLevel };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
