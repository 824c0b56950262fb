// The engine's own work without its disposable process: shows what the isolation costs.

import { develop } from '../../../shared/imaging/develop.ts';
import { defaultLimits } from '../../../shared/imaging/limits.ts';
import { OriginalFile, originalIn } from '../../../shared/imaging/original-file.ts';
import type { Renderer } from './output.ts';

export function createInProcess(): Renderer {
  const file = new OriginalFile();
  return {
    name: 'Darkroom, not isolated',
    async render(original, variants) {
      const options = { limits: defaultLimits, background: '#ffffff' };
      file.write(original);
      const { renditions } = await develop(originalIn(file.descriptor, original.length), variants, options);
      return renditions;
    },
    close: async () => file.close(),
  };
}
