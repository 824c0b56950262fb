// Where the child's program lies: beside this module when Node runs the sources, beside the bundle when they are bundled.

/** The file that a bundler must put beside the bundle, built from `shared/imaging/isolation/child.ts`. */
const bundledChildName = 'imaging-child.js';

/** The child's program as a file URL. A bundle must define `import.meta.url` as its own file URL. */
export function defaultChildEntry(): URL {
  const here = import.meta.url;
  return new URL(here.endsWith('.ts') ? './child.ts' : `./${bundledChildName}`, here);
}
