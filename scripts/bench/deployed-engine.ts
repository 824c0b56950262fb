// The imaging engine with the child's program as Lambda has it: one minified file. From its sources the same program
// takes longer to load, and its process holds more memory.

import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ImagingEngine } from '../../shared/imaging/contract.ts';
import { createImagingEngine, type ImagingEngineOptions } from '../../shared/imaging/engine.ts';
import { unpackFunction } from './unpack.ts';

/** Closing the engine removes the program. */
export async function createDeployedEngine(options: ImagingEngineOptions = {}): Promise<ImagingEngine> {
  const folder = await mkdtempDisposable(join(tmpdir(), 'darkroom-bench-child-'));
  const { main } = await unpackFunction(folder.path, 'functions/renditions.handler');
  const childEntry = pathToFileURL(join(dirname(main), 'imaging-child.js'));
  const engine = createImagingEngine({ ...options, childEntry });
  return {
    render: (original, variants) => engine.render(original, variants),
    async close() {
      await engine.close();
      await folder.remove();
    },
  };
}
