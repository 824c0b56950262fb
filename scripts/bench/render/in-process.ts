// The engine's own work without its disposable process: shows what the isolation costs.

import { bufferSource } from '../../../shared/imaging/byte-source.ts';
import { develop } from '../../../shared/imaging/develop.ts';
import { defaultLimits } from '../../../shared/imaging/limits.ts';
import type { Renderer } from './output.ts';

export const developRenderer: Renderer = {
  name: 'Darkroom, not isolated',
  async render(original, variants) {
    const options = { limits: defaultLimits, background: '#ffffff' };
    return (await develop(bufferSource(original), variants, options)).renditions;
  },
};
