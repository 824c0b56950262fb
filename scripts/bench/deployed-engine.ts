// The imaging engines with their processes' programs as Lambda has them: one minified file each. From its sources the
// same program takes longer to load, and its process holds more memory.

import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ImagingEngine, MetadataEngine } from '../../shared/imaging/contract.ts';
import { createImagingEngine, type ImagingEngineOptions } from '../../shared/imaging/engine.ts';
import { childPrograms } from '../../shared/imaging/isolation/child-entry.ts';
import { createMetadataEngine } from '../../shared/imaging/metadata-engine.ts';
import { unpackFunction } from './unpack.ts';

/** Closing the engine removes the program. */
export async function createDeployedEngine(options: ImagingEngineOptions = {}): Promise<ImagingEngine> {
  const { childEntry, remove } = await unpackProgram('functions/renditions.handler', childPrograms.render);
  const engine = createImagingEngine({ ...options, childEntry });
  return { ...engine, close: () => engine.close().then(remove) };
}

/** Closing the engine removes the program. */
export async function createDeployedMetadataEngine(): Promise<MetadataEngine> {
  const { childEntry, remove } = await unpackProgram('functions/metadata.handler', childPrograms.metadata);
  const engine = createMetadataEngine({ childEntry });
  return { ...engine, close: () => engine.close().then(remove) };
}

async function unpackProgram(handler: string, { bundled }: { readonly bundled: string }) {
  const folder = await mkdtempDisposable(join(tmpdir(), 'darkroom-bench-child-'));
  const { main } = await unpackFunction(folder.path, handler);
  return {
    childEntry: pathToFileURL(join(dirname(main), bundled)),
    remove: () => folder.remove(),
  };
}
