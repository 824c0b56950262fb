// The public keys without which no stage but dev and test compiles: made for a test file, in a folder of its own. Nobody has
// the private half.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { makeKeyPair } from '../../scripts/delivery-keys/key-pair.ts';

let folder: string | undefined;
afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

/** Of as long a name as a stage may have. */
export const longStage = 'qa-eu-2-of-many';

/** The stage parameter that names the folder: stages `prod`, `staging` and {@link longStage} have keys there, in eu-central-1. */
export function withKeys(): { readonly deliveryKeys: string } {
  folder ??= makeKeys();
  return { deliveryKeys: folder };
}

function makeKeys(): string {
  const path = mkdtempSync(join(tmpdir(), 'delivery-keys-'));
  const { id, publicKey } = makeKeyPair();
  const file = JSON.stringify({ signing: id, keys: [{ id, publicKey }] });
  for (const stage of ['prod', 'staging', longStage])
    writeFileSync(join(path, `${stage}.eu-central-1.json`), file);
  return path;
}
