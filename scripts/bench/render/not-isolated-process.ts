// The program of not-isolated.ts: keeps the photos it is sent first, and renders the one it is asked for.

import type { Original } from '../../../shared/imaging/contract.ts';
import { defaultLimits } from '../../../shared/imaging/inspect/limits.ts';
import { OriginalFile, originalIn } from '../../../shared/imaging/isolation/original-file.ts';
import { render } from '../../../shared/imaging/render/render.ts';
import { collect, configureSharp } from '../../../shared/imaging/render/runtime.ts';
import type { NotIsolatedOrder } from './not-isolated.ts';
import { presets } from './presets.ts';

configureSharp();

let originals: Original[] = [];

process.on('message', async (message: readonly Uint8Array[] | NotIsolatedOrder) => {
  if ('preset' in message) {
    const original = originals[message.photo];
    if (original) await render(original, presets[message.preset], defaultLimits);
  } else {
    originals = message.map(kept);
  }
  process.send?.('done');
  collect();
});

function kept(bytes: Uint8Array): Original {
  const file = new OriginalFile();
  file.write(bytes);
  return originalIn(file.descriptor, bytes.byteLength);
}
