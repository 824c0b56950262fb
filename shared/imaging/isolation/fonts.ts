// Where the fonts are that drawings are drawn with. A decoder knows no others: see fonts/fonts.conf.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nativeModules } from './native-modules.ts';

/** What must lie in a folder `fonts` beside the native modules, where it is not beside this module. */
export const fonts = {
  configuration: 'shared/imaging/isolation/fonts/fonts.conf',
  module: 'node_modules/dejavu-fonts-ttf',
  files: ['ttf/DejaVuSans.ttf', 'ttf/DejaVuSans-Bold.ttf', 'ttf/DejaVuSansMono.ttf'],
} as const;

/** Names the folder to fontconfig. A bundle must define `import.meta.url` as its own file URL. */
export function fontEnvironment(): Record<string, string> {
  const here = fileURLToPath(new URL('./fonts', import.meta.url));
  return { FONTCONFIG_PATH: existsSync(here) ? here : join(dirname(nativeModules()), 'fonts') };
}
