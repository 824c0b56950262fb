// Where the fonts are that drawings are drawn with. A decoder knows no others: see fonts/fonts.conf.

import { fileURLToPath } from 'node:url';

/** What a bundler must put into a folder `fonts` beside the bundle. */
export const fonts = {
  configuration: 'shared/imaging/isolation/fonts/fonts.conf',
  module: 'node_modules/dejavu-fonts-ttf',
  files: ['ttf/DejaVuSans.ttf', 'ttf/DejaVuSans-Bold.ttf', 'ttf/DejaVuSansMono.ttf'],
} as const;

/** Names the folder to fontconfig. A bundle must define `import.meta.url` as its own file URL. */
export function fontEnvironment(): Record<string, string> {
  return { FONTCONFIG_PATH: fileURLToPath(new URL('./fonts', import.meta.url)) };
}
