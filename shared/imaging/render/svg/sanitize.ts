// An SVG reduced to what may be drawn: listed elements, references within the document, nothing that loads or runs.

import { PermanentFailure } from '../../../domain/errors.ts';
import type { SvgElement } from '../../inspect/svg/tree.ts';
import { localName } from '../../inspect/xml.ts';
import { expandedCost } from './cost.ts';
import { embeddedImage } from './embedded-image.ts';

const drawnElements: ReadonlySet<string> = new Set(
  `svg g defs symbol use switch a title desc style
   path rect circle ellipse line polyline polygon text tspan textPath
   linearGradient radialGradient stop clipPath mask pattern marker
   filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
   feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
   feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

export interface SvgBudget {
  /** Elements drawn, after every `use`, pattern, mask and marker is expanded. */
  readonly maxDrawnElements: number;
  /** Filter primitives run, after expansion. */
  readonly maxFilterPrimitives: number;
  /** Pixels of a picture embedded by a `data:` URL; it is left out, but must be no bomb. */
  readonly maxEmbeddedPixels: number;
}

/**
 * A copy that is safe to rasterize.
 * @throws {PermanentFailure} `too-expensive` or `too-many-pixels` when drawing it would exceed the budget
 */
export async function sanitize(root: SvgElement, budget: SvgBudget): Promise<SvgElement> {
  await checkEmbeddedImages(root, budget.maxEmbeddedPixels);
  const safe = cleaned(root);
  const { elements, filterPrimitives } = expandedCost(safe);
  if (elements > budget.maxDrawnElements || filterPrimitives > budget.maxFilterPrimitives) {
    throw new PermanentFailure('too-expensive', 'an SVG that expands to too many elements or filters');
  }
  return safe;
}

async function checkEmbeddedImages(element: SvgElement, maxPixels: number): Promise<void> {
  for (const [name, value] of Object.entries(element.attributes)) {
    if (localName(name) !== 'href' || !/^\s*data:/i.test(value)) continue;
    const pixels = await embeddedImage(value);
    if (pixels > maxPixels) {
      throw new PermanentFailure('too-many-pixels', `an SVG that embeds a picture of ${pixels} pixels`);
    }
  }
  for (const child of element.children) {
    if (typeof child !== 'string') await checkEmbeddedImages(child, maxPixels);
  }
}

function cleaned(element: SvgElement): SvgElement {
  return {
    ...element,
    attributes: Object.fromEntries(Object.entries(element.attributes).filter(isSafeAttribute)),
    children: element.children
      .filter((child) => typeof child === 'string' || isDrawn(child))
      .map((child) => (typeof child === 'string' ? child : cleaned(child))),
  };
}

function isDrawn({ local, children }: SvgElement): boolean {
  if (!drawnElements.has(local)) return false;
  return local !== 'style' || isSafeCss(children.filter((child) => typeof child === 'string').join(''));
}

function isSafeAttribute([name, value]: readonly [string, string]): boolean {
  const local = localName(name).toLowerCase();
  if (local.startsWith('on') || local === 'base') return false;
  if (local === 'href') return value.trim().startsWith('#');
  return name.startsWith('xmlns') || isSafeCss(value);
}

/** No reference but to a fragment of the same document, and no escapes that could hide one. */
function isSafeCss(text: string): boolean {
  if (/@import|@font-face|expression\(|javascript:|\\/i.test(text)) return false;
  return [...text.matchAll(/url\(\s*(['"]?)\s*/gi)].every(
    (match) => text[match.index + match[0].length] === '#',
  );
}
