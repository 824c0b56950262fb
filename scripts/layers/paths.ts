// Which paths a path of the table stands for, as regular expressions: dependency-cruiser asks for nothing else.

/** Every file below a folder, or the one file. `*` stands for one name, which is a group of the expression. */
export function patternOf(path: string): string {
  const source = path.replaceAll('.', '[.]').replaceAll('*', '([^/]+)');
  return path.endsWith('/') ? `^${source}` : `^${source}$`;
}

/** Every file below a folder but those that are `except`, which lie below it. */
export function patternWithout(folder: string, except: readonly string[]): string {
  if (except.length === 0) return patternOf(folder);
  const rest = except.map((path) => patternOf(path.slice(folder.length)).slice(1));
  return `${patternOf(folder)}(?!${rest.join('|')})`;
}

/** An npm package with its types, a scope of packages, or a module of Node's: as dependency-cruiser resolves them. */
export function patternOfPackage(name: string): string {
  if (name.startsWith('node:')) return `^(node:)?${name.slice('node:'.length)}(/|$)`;
  return `(^|/)node_modules/(@types/)?${name.endsWith('/*') ? name.slice(0, -1) : `${name}/`}`;
}

export function matches(path: string, other: string): boolean {
  return path !== other && new RegExp(patternOf(path)).test(other);
}
