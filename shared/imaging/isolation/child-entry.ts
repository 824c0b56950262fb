// Where the programs of imaging processes lie: beside this module when Node runs the sources, beside the bundle when they
// are bundled.

/** Each program with its source and the file that a bundler must put beside the bundle, built from it. */
export const childPrograms = {
  render: { source: './child/render.ts', bundled: './imaging-child.js' },
  metadata: { source: './child/metadata.ts', bundled: './metadata-child.js' },
} as const;

/** The program as a file URL. A bundle must define `import.meta.url` as its own file URL. */
export function childEntry(name: keyof typeof childPrograms): URL {
  const here = import.meta.url;
  const { source, bundled } = childPrograms[name];
  return new URL(here.endsWith('.ts') ? source : bundled, here);
}
