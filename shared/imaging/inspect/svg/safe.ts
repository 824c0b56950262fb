// What of an SVG may be drawn: listed elements, references within the document, nothing that loads or runs.

import { localName } from '../xml.ts';
import { styleSheet } from './style-sheet.ts';
import type { SvgElement } from './tree.ts';

/** `image` only with its picture in a `data:` URL. */
const drawnElements: ReadonlySet<string> = new Set(
  `svg g defs symbol use switch a title desc style
   path rect circle ellipse line polyline polygon text tspan textPath image
   linearGradient radialGradient stop clipPath mask pattern marker
   filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
   feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
   feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

export function isDrawn(element: SvgElement): boolean {
  if (!drawnElements.has(element.local)) return false;
  if (element.local === 'image') return pictureUrl(element) !== undefined;
  return element.local !== 'style' || safeStyles(textOf(element)) !== undefined;
}

/** A style sheet without what it loads; undefined where that cannot be told apart. */
export function safeStyles(css: string): string | undefined {
  // An escape could hide where a rule ends.
  if (css.includes('\\')) return undefined;
  const { text } = styleSheet(css);
  return isSafeCss(text) ? text : undefined;
}

/** The `data:` URL of the picture that an `image` embeds; undefined for any other element, and for pictures elsewhere. */
export function pictureUrl({ local, attributes }: SvgElement): string | undefined {
  if (local !== 'image') return undefined;
  const urls = Object.entries(attributes).flatMap(([name, value]) => (isHref(name) ? [value.trim()] : []));
  return urls.find((url) => /^data:/i.test(url));
}

export function isSafeAttribute(name: string, value: string): boolean {
  const local = localName(name).toLowerCase();
  if (local.startsWith('on') || local === 'base') return false;
  if (isHref(name)) return value.trim().startsWith('#');
  return name.startsWith('xmlns') || isSafeCss(value);
}

export function isHref(name: string): boolean {
  return localName(name).toLowerCase() === 'href';
}

/** No reference but to a fragment of the same document, and no escapes that could hide one. */
export function isSafeCss(text: string): boolean {
  if (/@import|@font-face|expression\(|javascript:|\\/i.test(text)) return false;
  return [...text.matchAll(/url\(\s*(['"]?)\s*/gi)].every(
    (match) => text[match.index + match[0].length] === '#',
  );
}

/** An element's own text, without that of its children. */
export function textOf({ children }: SvgElement): string {
  return children.filter((child) => typeof child === 'string').join('');
}
