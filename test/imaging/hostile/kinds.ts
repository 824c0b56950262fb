// Every kind of hostile file that reading metadata must survive.

import { containerKinds } from './container-kinds.ts';
import { heifKinds } from './heif-kinds.ts';
import { jpegKinds } from './jpeg-kinds.ts';
import type { HostileKind } from './kind.ts';
import { pngKinds } from './png-kinds.ts';
import { svgKinds } from './svg-kinds.ts';
import { tiffKinds } from './tiff-kinds.ts';
import { xmpKinds } from './xmp-kinds.ts';

export const hostileKinds: readonly HostileKind[] = [
  ...heifKinds,
  ...pngKinds,
  ...jpegKinds,
  ...tiffKinds,
  ...xmpKinds,
  ...containerKinds,
  ...svgKinds,
];
