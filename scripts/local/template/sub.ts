// The text of Fn::Sub: `${Name}`, `${Name.Attribute}`, and `${!Literal}` which stays as `${Literal}`.

const placeholder = /\$\{(!?)([^${}]+)\}/g;

/** Replaces every placeholder by what `textOf` gives for its name. */
export function substitute(pattern: string, textOf: (name: string) => string): string {
  return pattern.replaceAll(placeholder, (_all, literal: string, name: string) =>
    literal ? `\${${name}}` : textOf(name.trim()),
  );
}

/** The names a pattern uses. */
export function placeholdersOf(pattern: string): string[] {
  return [...pattern.matchAll(placeholder)]
    .filter(([, literal]) => !literal)
    .map(([, , name]) => (name ?? '').trim());
}
