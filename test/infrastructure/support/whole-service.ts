// The service compiled as it is packaged: with its functions and their versions, which the laptop's compilation has no use for.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileService, loadProject, type ProjectOptions } from '../../../scripts/local/template/compile.ts';
import type { CompiledService } from '../../../scripts/local/template/types.ts';
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

/** Each function has an empty zip: a version's number is the only thing that its bytes change. URLs are signed with keys of the test's. */
export async function compileWholeService(options: ProjectOptions = {}): Promise<CompiledService> {
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-template-'));
  try {
    const artifact = join(folder, 'function.zip');
    writeFileSync(artifact, '');
    const osls = await loadProject({ ...options, params: { ...withKeys(), ...options.params } });
    for (const definition of Object.values(osls.service.functions)) definition.package = { artifact };
    const service = await compileService(osls, steps);
    leadToPublished(service.template.Resources);
    return service;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
