// The parts of a Markdown document that are generated.

const marked = /(<!-- generated: ([\w-]+), by npm run docs -->\n)([\s\S]*?)\n?(<!-- end of generated -->)/g;

/** What is between the marks of this name. */
export function generatedPart(document: string, wanted: string): string {
  for (const [, , name, part = ''] of document.matchAll(marked)) if (name === wanted) return part;
  throw new Error(`Nothing in the document is generated as "${wanted}".`);
}

/**
 * The document with every generated part made anew.
 * @throws {Error} for a part that nobody generates
 */
export async function regenerate(
  document: string,
  generators: Readonly<Record<string, () => string | Promise<string>>>,
): Promise<string> {
  const names = [...document.matchAll(marked)].map(([, , name = '']) => name);
  const parts = new Map<string, string>();
  for (const name of names) {
    const generate = generators[name];
    if (generate === undefined) throw new Error(`Nothing generates "${name}".`);
    parts.set(name, await generate());
  }
  return document.replaceAll(
    marked,
    (_all, begin: string, name: string, _part: string, end: string) => `${begin}${parts.get(name)}\n${end}`,
  );
}
