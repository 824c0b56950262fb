// What SVG elements declare of the properties that draw other elements, or whole layers, for them: in attributes, in their
// styles, and in style sheets.

import { PermanentFailure } from '../../../domain/errors.ts';
import { textOf } from '../../inspect/svg/safe.ts';
import { type StyleRule, styleSheet } from '../../inspect/svg/style-sheet.ts';
import type { SvgElement } from '../../inspect/svg/tree.ts';
import { type Key, keysOf, type Selector, selectorsIn } from './selectors.ts';

export type Property = 'paint' | 'marker' | 'filter' | 'layer' | 'clip';

export interface Declaration {
  readonly property: Property;
  /** Of what it draws. */
  readonly ids: readonly string[];
  /** Filters that are written as functions, such as `blur(2px)`. */
  readonly functions: number;
  /** True where it takes over the paint of what it stands on. */
  readonly isContext: boolean;
}

const properties: ReadonlyMap<string, Property> = new Map<string, Property>([
  ['fill', 'paint'],
  ['stroke', 'paint'],
  ['marker', 'marker'],
  ['marker-start', 'marker'],
  ['marker-mid', 'marker'],
  ['marker-end', 'marker'],
  ['filter', 'filter'],
  ['mask', 'layer'],
  ['mix-blend-mode', 'layer'],
  ['clip-path', 'clip'],
]);

/** Elements that are never drawn themselves, nor hand anything on to what is. */
const undrawn = /^(?:linearGradient|radialGradient|stop|filter|fe[A-Z]\w*|style|title|desc)$/;

const plainValues: ReadonlySet<string> = new Set(['', 'none', 'normal', 'inherit', 'initial']);

/** Conditions and references of the style rules for one element: each costs time for every element. */
const maxForOneElement = 256;

interface Rule {
  readonly around: readonly Key[];
  readonly declaration: Declaration;
}

/**
 * The declarations of every element, those that only might apply included.
 * @throws {PermanentFailure} `too-expensive` for absurdly many rules about the same elements
 */
export function declarationsOf(root: SvgElement): Map<SvgElement, readonly Declaration[]> {
  const rules = rulesByKey(root);
  const found = new Map<SvgElement, readonly Declaration[]>();
  const around = new Map<Key, number>();
  const visit = (element: SvgElement): void => {
    if (undrawn.test(element.local)) return;
    const keys = rules.size === 0 ? [] : keysOf(element.local, element.attributes);
    const matching = keys.flatMap((key) => rules.get(key) ?? []);
    refuseMore(matching);
    const applying = matching.filter((rule) => rule.around.every((key) => (around.get(key) ?? 0) > 0));
    const declared = [...attributesOf(element), ...applying.map(({ declaration }) => declaration)];
    if (declared.length > 0) found.set(element, declared);
    for (const key of keys) around.set(key, (around.get(key) ?? 0) + 1);
    for (const child of element.children) if (typeof child !== 'string') visit(child);
    for (const key of keys) around.set(key, (around.get(key) ?? 0) - 1);
  };
  visit(root);
  return found;
}

function attributesOf({ attributes }: SvgElement): Declaration[] {
  const found: Declaration[] = [];
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'style') found.push(...declarationsIn(value));
    else found.push(...declaration(name, value));
  }
  return found;
}

function rulesByKey(root: SvgElement): Map<Key, Rule[]> {
  const byKey = new Map<Key, Map<string, Rule>>();
  for (const { selector, declarations } of sheetsIn(root)) {
    const declared = declarationsIn(declarations);
    const selectors: Selector[] = declared.length === 0 ? [] : selectorsIn(selector);
    for (const { own, around } of selectors) {
      const known = byKey.get(own) ?? new Map<string, Rule>();
      for (const one of declared) known.set(JSON.stringify([around, one]), { around, declaration: one });
      refuseMore([...known.values()]);
      byKey.set(own, known);
    }
  }
  return new Map([...byKey].map(([key, rules]) => [key, [...rules.values()]]));
}

function refuseMore(rules: readonly Rule[]): void {
  const work = rules.reduce(
    (sum, { around, declaration }) => sum + around.length + declaration.ids.length + 1,
    0,
  );
  if (work <= maxForOneElement) return;
  throw new PermanentFailure('too-expensive', 'an SVG of too many styles for one element');
}

function* sheetsIn(element: SvgElement): Generator<StyleRule> {
  if (element.local === 'style') yield* styleSheet(textOf(element)).rules;
  for (const child of element.children) {
    if (typeof child !== 'string') yield* sheetsIn(child);
  }
}

function declarationsIn(text: string): Declaration[] {
  return text.split(/[;{}]/).flatMap((part) => {
    const colon = part.indexOf(':');
    return colon === -1 ? [] : declaration(part.slice(0, colon).trim(), part.slice(colon + 1));
  });
}

function declaration(name: string, value: string): Declaration[] {
  const property = properties.get(name.toLowerCase());
  if (property === undefined || plainValues.has(value.trim().toLowerCase())) return [];
  const ids = [...new Set([...value.matchAll(/url\(\s*['"]?#([^'")\s]+)/gi)].map((match) => match[1] ?? ''))];
  const functions = property === 'filter' ? value.split('(').length - 1 : 0;
  const isContext = /context-(?:fill|stroke)/i.test(value);
  const isFree = ids.length === 0 && !isContext && property !== 'filter' && property !== 'layer';
  return isFree ? [] : [{ property, ids, functions, isContext }];
}
