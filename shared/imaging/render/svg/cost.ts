// What drawing an SVG costs once its references are followed: ten levels of ten are ten thousand million.

import type { SvgElement } from '../../inspect/svg/tree.ts';

export interface SvgCost {
  readonly elements: number;
  readonly filterPrimitives: number;
}

/** Counts beyond this no longer matter. */
const ceiling = 1e12;

/** Elements and filter primitives drawn, every reference counted as often as it is followed. */
export function expandedCost(root: SvgElement): SvgCost {
  const byId = new Map<string, SvgElement>();
  index(root, byId);
  const known = new Map<SvgElement, SvgCost>();
  const open = new Set<SvgElement>();
  const costOf = (element: SvgElement): SvgCost => {
    const memo = known.get(element);
    if (memo !== undefined) return memo;
    // A reference to what encloses it is drawn once or not at all.
    if (open.has(element)) return { elements: 0, filterPrimitives: 0 };
    open.add(element);
    let elements = 1;
    let filterPrimitives = /^fe[A-Z]/.test(element.local) ? 1 : 0;
    const parts = [
      ...element.children.filter((child) => typeof child !== 'string'),
      ...references(element).map((id) => byId.get(id)),
    ];
    for (const part of parts) {
      if (part === undefined) continue;
      const cost = costOf(part);
      elements = Math.min(ceiling, elements + cost.elements);
      filterPrimitives = Math.min(ceiling, filterPrimitives + cost.filterPrimitives);
    }
    open.delete(element);
    const cost = { elements, filterPrimitives };
    known.set(element, cost);
    return cost;
  };
  return costOf(root);
}

function index(element: SvgElement, byId: Map<string, SvgElement>): void {
  const id = element.attributes['id'];
  if (id !== undefined && !byId.has(id)) byId.set(id, element);
  for (const child of element.children) {
    if (typeof child !== 'string') index(child, byId);
  }
}

/** Ids that an element draws: `href="#id"` and `url(#id)` in any attribute. */
function references({ attributes }: SvgElement): string[] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    if (name === 'href' || name.endsWith(':href'))
      return value.trim().startsWith('#') ? [value.trim().slice(1)] : [];
    return [...value.matchAll(/url\(\s*['"]?#([^'")\s]+)/g)].map((match) => match[1] ?? '');
  });
}
