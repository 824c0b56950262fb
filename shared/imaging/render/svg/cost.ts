// What drawing an SVG costs at most, once its references are followed: ten levels of ten are ten thousand million.

import { PermanentFailure } from '../../../domain/errors.ts';
import { isHref } from '../../inspect/svg/safe.ts';
import type { SvgElement } from '../../inspect/svg/tree.ts';
import { type Declaration, declarationsOf } from './declarations.ts';

export interface SvgCost {
  readonly elements: number;
  readonly filterPrimitives: number;
  /** Pictures of the whole drawing's size that are laid on each other: masks, blends, filters. */
  readonly layers: number;
  /** Of text. */
  readonly characters: number;
  /** Of embedded pictures, as often as they are drawn. */
  readonly pixels: number;
  /** Elements drawn in place, by nesting and `use`: what inherits. */
  readonly inPlace: number;
  /** Corners of what is drawn in place: where markers stand. */
  readonly corners: number;
}

type Sum = { -readonly [Name in keyof SvgCost]: number };

/** Counts beyond this no longer matter. */
const ceiling = 1e12;
/** What a filter takes beside its primitives, in primitives. */
const filterOverhead = 2;
/** A morphology walks around each pixel; the others do not. */
const primitiveWeights: ReadonlyMap<string, number> = new Map([['feMorphology', 10]]);

const nothing: SvgCost = {
  elements: 0,
  filterPrimitives: 0,
  layers: 0,
  characters: 0,
  pixels: 0,
  inPlace: 0,
  corners: 0,
};

/**
 * Every reference counted as often as it can be followed, those of style sheets and inherited ones included.
 * @param pixelsOf of the picture that an `image` embeds
 * @throws {PermanentFailure} `corrupt-image` when references run in a circle
 */
export function expandedCost(root: SvgElement, pixelsOf: ReadonlyMap<SvgElement, number>): SvgCost {
  const byId = elementsById(root);
  const declarations = declarationsOf(root);
  const known = new Map<SvgElement, SvgCost>();
  const context = { dearestPaint: 0, isUsed: false };
  const costOf = (element: SvgElement) => known.get(element) ?? nothing;

  for (const { element, declared, drawn } of inOrder(root, byId, declarations)) {
    const sum: Sum = { ...nothing, ...ownCost(element, pixelsOf) };
    for (const part of drawn) add(sum, costOf(part), 1);
    if (isTextRoot(element)) sum.characters += charactersIn(element);
    const { inPlace, corners } = sum;
    for (const declaration of declared) {
      const { property } = declaration;
      context.isUsed ||= declaration.isContext;
      for (const target of targetsOf(declaration, byId)) {
        const cost = { ...costOf(target), inPlace: 0, corners: 0 };
        if (property === 'paint') context.dearestPaint = Math.max(context.dearestPaint, cost.elements);
        // Paint and markers are inherited: by all that is drawn in this element.
        add(sum, cost, property === 'paint' ? inPlace : property === 'marker' ? corners : 1);
      }
      if (property === 'layer' || property === 'filter') sum.layers += 1;
      if (property === 'filter') sum.filterPrimitives += filterOverhead + declaration.functions;
    }
    known.set(element, sum);
  }
  const total = costOf(root);
  // Markers may take over the paint of what they stand on.
  return context.isUsed ? { ...total, elements: total.elements * (1 + context.dearestPaint) } : total;
}

function ownCost(element: SvgElement, pixelsOf: ReadonlyMap<SvgElement, number>): Partial<Sum> {
  const { local, attributes } = element;
  const isPrimitive = /^fe[A-Z]/.test(local);
  return {
    elements: 1,
    inPlace: 1,
    corners: cornersIn(attributes['d']) + cornersIn(attributes['points']) + 4,
    pixels: pixelsOf.get(element) ?? 0,
    filterPrimitives: isPrimitive ? (primitiveWeights.get(local) ?? 1) : 0,
  };
}

/** At most: a corner takes a letter, or a run of digits. */
function cornersIn(path = ''): number {
  let corners = 0;
  let wasDigit = false;
  for (let at = 0; at < path.length; at += 1) {
    const code = path.charCodeAt(at);
    const isDigit = code >= 0x30 && code <= 0x39;
    if (code >= 0x41 || (isDigit && !wasDigit)) corners += 1;
    wasDigit = isDigit;
  }
  return corners;
}

function isTextRoot({ local }: SvgElement): boolean {
  return local === 'text';
}

/** Of all text within. */
export function charactersIn({ children }: SvgElement): number {
  return children.reduce(
    (sum, child) => sum + (typeof child === 'string' ? child.length : charactersIn(child)),
    0,
  );
}

const names = Object.keys(nothing) as (keyof SvgCost)[];

function add(sum: Sum, cost: SvgCost, times: number): void {
  for (const name of names) sum[name] = Math.min(ceiling, sum[name] + cost[name] * times);
}

interface Visit {
  readonly element: SvgElement;
  readonly declared: readonly Declaration[];
  /** Its children, and what it draws by `href`. */
  readonly drawn: readonly SvgElement[];
  /** All that must be known before it. */
  readonly needed: readonly SvgElement[];
  next: number;
}

/** Every element behind all that it draws. Without recursion: a chain of references may be as long as the file. */
function* inOrder(
  root: SvgElement,
  byId: ReadonlyMap<string, SvgElement>,
  declarations: ReadonlyMap<SvgElement, readonly Declaration[]>,
): Generator<Visit> {
  const done = new Set<SvgElement>();
  const open = new Set<SvgElement>([root]);
  const path: Visit[] = [visitOf(root, byId, declarations)];
  for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
    const next = visit.needed[visit.next];
    visit.next += 1;
    if (next === undefined) {
      yield visit;
      done.add(visit.element);
      open.delete(visit.element);
      path.pop();
    } else if (open.has(next)) {
      throw new PermanentFailure('corrupt-image', 'an SVG whose references run in a circle');
    } else if (!done.has(next)) {
      open.add(next);
      path.push(visitOf(next, byId, declarations));
    }
  }
}

function visitOf(
  element: SvgElement,
  byId: ReadonlyMap<string, SvgElement>,
  declarations: ReadonlyMap<SvgElement, readonly Declaration[]>,
): Visit {
  const declared = declarations.get(element) ?? [];
  const children = element.children.filter((child) => typeof child !== 'string');
  const drawn = [...children, ...hrefTargets(element, byId)];
  return {
    element,
    declared,
    drawn,
    needed: [...drawn, ...declared.flatMap((one) => targetsOf(one, byId))],
    next: 0,
  };
}

/** Of several with one ID the first counts, as for the decoder. */
function elementsById(root: SvgElement): Map<string, SvgElement> {
  const byId = new Map<string, SvgElement>();
  const visit = (element: SvgElement): void => {
    const { id } = element.attributes;
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
    for (const child of element.children) if (typeof child !== 'string') visit(child);
  };
  visit(root);
  return byId;
}

/** A link leads to its target, and draws nothing of it. */
function hrefTargets({ local, attributes }: SvgElement, byId: ReadonlyMap<string, SvgElement>): SvgElement[] {
  if (local === 'a') return [];
  return Object.entries(attributes).flatMap(([name, value]) =>
    isHref(name) && value.trim().startsWith('#') ? (byId.get(value.trim().slice(1)) ?? []) : [],
  );
}

function targetsOf({ ids }: Declaration, byId: ReadonlyMap<string, SvgElement>): SvgElement[] {
  return ids.flatMap((id) => byId.get(id) ?? []);
}
