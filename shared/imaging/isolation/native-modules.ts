// Where the modules with native parts lie: among all others in a checkout, in a layer in a function. Whoever loads them finds
// them by the parent's NODE_PATH there, which an imaging process does not inherit.

import { createRequire } from 'node:module';
import { sep } from 'node:path';

const modules = `${sep}node_modules${sep}`;

/** The folder `node_modules` that holds sharp, without links. A bundle must define `import.meta.url` as its own file URL. */
export function nativeModules(): string {
  const path = createRequire(import.meta.url).resolve('sharp');
  return path.slice(0, path.lastIndexOf(modules) + modules.length - sep.length);
}
