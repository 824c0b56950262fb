// CSS selectors as far as they tell which elements a rule can apply to: more than it does, never less.

/** What an element has and a selector may ask for: a class, an ID, a name, or nothing. */
export type Key = string;

export interface Selector {
  readonly own: Key;
  /** Each must be had by an element around. */
  readonly around: readonly Key[];
}

export const anyElement: Key = '*';

export function selectorsIn(list: string): Selector[] {
  return withoutGroups(list).split(',').map(selectorOf);
}

/** Everything that selectors may ask of an element. */
export function keysOf(local: string, { id, class: classes }: Readonly<Record<string, string>>): Key[] {
  const names = classes === undefined ? [] : classes.split(/\s+/).map((name) => `.${name}`);
  return [anyElement, local.toLowerCase(), ...(id === undefined ? [] : [`#${id}`]), ...names];
}

function selectorOf(text: string): Selector {
  const parts = text.trim().split(/\s*([\s>+~])\s*/);
  const own = keyOf(parts.at(-1) ?? '');
  const around: Key[] = [];
  for (let at = 0; at + 2 < parts.length; at += 2) {
    // What stands beside an element is not around it.
    const isAround = parts[at + 1] !== '+' && parts[at + 1] !== '~';
    if (isAround) around.push(keyOf(parts[at] ?? ''));
  }
  return { own, around: around.filter((key) => key !== anyElement) };
}

function keyOf(compound: string): Key {
  if (compound.includes('|')) return anyElement;
  const found = /[.#][^.#:*]+/.exec(compound)?.[0] ?? /^[^.#:*]+/.exec(compound)?.[0].toLowerCase();
  return found ?? anyElement;
}

/** Without what stands in brackets: conditions that only make a selector apply to less, or lists of their own. */
function withoutGroups(selector: string): string {
  let depth = 0;
  return [...selector]
    .filter((character) => {
      if ('([{'.includes(character)) depth += 1;
      const isOutside = depth === 0;
      if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
      return isOutside;
    })
    .join('');
}
