// An SVG reduced to what may be drawn, and refused when drawing that would cost too much.

import { PermanentFailure } from '../../../domain/errors.ts';
import type { Dimensions } from '../../inspect/geometry.ts';
import type { ImagingLimits } from '../../inspect/limits.ts';
import { isDrawn, isSafeAttribute, pictureUrl, safeStyles, textOf } from '../../inspect/svg/safe.ts';
import type { SvgElement } from '../../inspect/svg/tree.ts';
import { charactersIn, expandedCost } from './cost.ts';
import type { EmbeddedPicture } from './embedded-pictures.ts';

/** What limits on whole layers are for. */
const largestDrawing = 1600 * 1600;
/** However small the drawing: filters and layers cost something by themselves. */
const mostRelief = 20;

/**
 * A copy that is safe to rasterize.
 * @param pictures what each `image` embeds, made anew
 * @param drawn its dimensions when it is drawn
 * @throws {PermanentFailure} `too-expensive` when drawing it could exceed the limits
 */
export function sanitize(
  root: SvgElement,
  pictures: ReadonlyMap<string, EmbeddedPicture>,
  drawn: Dimensions,
  limits: ImagingLimits,
): SvgElement {
  const pixelsOf = new Map<SvgElement, number>();
  const clean = (element: SvgElement): SvgElement => {
    const url = pictureUrl(element);
    const picture = url === undefined ? undefined : pictures.get(url);
    const copy = {
      ...element,
      attributes: { ...safeAttributes(element), ...(picture !== undefined && { href: picture.url }) },
      children: childrenOf(element, clean),
    };
    if (picture !== undefined) pixelsOf.set(copy, picture.pixels);
    return copy;
  };
  const safe = clean(root);
  enforceCost(safe, pixelsOf, drawn, limits);
  return safe;
}

function safeAttributes({ attributes }: SvgElement): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name, value]) => isSafeAttribute(name, value)),
  );
}

function childrenOf(element: SvgElement, clean: (element: SvgElement) => SvgElement): SvgElement['children'] {
  if (element.local === 'style') return [safeStyles(textOf(element)) ?? ''];
  return element.children
    .filter((child) => typeof child === 'string' || isDrawn(child))
    .map((child) => (typeof child === 'string' ? child : clean(child)));
}

function enforceCost(
  safe: SvgElement,
  pixelsOf: ReadonlyMap<SvgElement, number>,
  drawn: Dimensions,
  limits: ImagingLimits,
): void {
  const cost = expandedCost(safe, pixelsOf);
  const relief = Math.min(mostRelief, Math.max(1, largestDrawing / (drawn.width * drawn.height)));
  const refuse = (what: string) => {
    throw new PermanentFailure('too-expensive', `an SVG that expands to too many ${what}`);
  };
  if (cost.elements > limits.maxSvgElements) refuse('elements');
  if (cost.filterPrimitives > limits.maxSvgFilterPrimitives * relief) refuse('filters');
  if (cost.layers > limits.maxSvgLayers * relief) refuse('layers');
  if (cost.characters > limits.maxSvgCharacters) refuse('characters');
  if (cost.pixels > limits.maxPixels) refuse('pixels of embedded pictures');
  if (longestText(safe) > limits.maxSvgCharacters / 10) refuse('characters in one text');
}

function longestText(element: SvgElement): number {
  if (element.local === 'text') return charactersIn(element);
  return element.children.reduce(
    (longest, child) => (typeof child === 'string' ? longest : Math.max(longest, longestText(child))),
    0,
  );
}
