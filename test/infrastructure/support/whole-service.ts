// The service compiled as it is packaged: with its functions and their versions, which the laptop's compilation has no use for.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileService, loadProject, type ProjectOptions } from '../../../scripts/local/template/compile.ts';
import type { CompiledService } from '../../../scripts/local/template/types.ts';
import { imagingLayer, layerVersion } from '../../../scripts/package/layer-version.ts';
import { leadToPublished } from '../../../scripts/package/published.ts';
import { withKeys } from '../../support/delivery-keys.ts';

/** In the framework's own order. */
const steps = [
  'initialize',
  'package:initialize',
  'package:setupProviderConfiguration',
  'package:compileLayers',
  'package:compileFunctions',
  'package:compileEvents',
];

/** Zips are empty: the numbers of versions and of the layer are the only things that bytes change. URLs are signed with keys of the test's. */
export async function compileWholeService(options: ProjectOptions = {}): Promise<CompiledService> {
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-template-'));
  try {
    const artifact = join(folder, 'function.zip');
    writeFileSync(artifact, '');
    const osls = await loadProject({ ...options, params: { ...withKeys(), ...options.params } });
    for (const definition of Object.values(osls.service.functions)) definition.package = { artifact };
    const layer = imagingLayer('0'.repeat(64));
    Object.assign(osls.service.functions['renditions'] ?? {}, { layers: [{ Ref: layer.logicalId }] });
    const service = await compileService(osls, steps);
    const { template, stage } = service;
    template.Resources[layer.logicalId] = layerVersion(layer, `darkroom-${stage}`, `serverless/${stage}`);
    leadToPublished(template.Resources);
    return service;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
