// What an SVG asks for that will not be drawn, said in its notes: nothing of a picture goes missing in silence.

import { isDrawn, isHref, isSafeAttribute, pictureUrl, safeStyles, textOf } from './safe.ts';
import { styleSheet } from './style-sheet.ts';
import type { SvgElement } from './tree.ts';

/** Elements that would show something, or move, or load what is shown. Others are no loss. */
const missed: Readonly<Record<string, string>> = {
  foreignObject: 'HTML',
  animate: 'animations',
  animateMotion: 'animations',
  animateTransform: 'animations',
  set: 'animations',
  feImage: 'pictures in filters',
  font: 'fonts of its own',
  'font-face': 'fonts of its own',
  tref: 'text from elsewhere',
  video: 'films',
};

/** Attributes that change what is seen when they are left out for what they load. */
const styleAttributes = ['style', 'fill', 'stroke', 'filter', 'mask', 'clip-path'] as const;

/** Writing systems of the one font that is there: see render/svg/fonts. */
const drawableText =
  /^[\p{Script=Common}\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}\p{Script=Arabic}]*$/u;

/** One note a kind. */
export function undrawn(root: SvgElement): string[] {
  const kinds = new Set<string>();
  let isForeignText = false;
  const note = (element: SvgElement): void => {
    const kind = missingFrom(element);
    if (kind !== undefined) kinds.add(kind);
  };
  const visit = (element: SvgElement, isText: boolean): void => {
    note(element);
    if (isText && !isForeignText) isForeignText = !drawableText.test(textOf(element));
    for (const child of element.children) {
      if (typeof child === 'string') continue;
      if (isDrawn(child)) visit(child, isText || child.local === 'text');
      else note(child);
    }
  };
  visit(root, false);
  return [
    ...[...kinds].sort().map((kind) => `not drawn: ${kind}`),
    ...(isForeignText ? ['not drawn: text in writing systems that the font does not have'] : []),
  ];
}

function missingFrom(element: SvgElement): string | undefined {
  const { local, attributes } = element;
  const kind = Object.hasOwn(missed, local) ? missed[local] : undefined;
  if (kind !== undefined) return kind;
  if (local === 'image' && pictureUrl(element) === undefined) return 'pictures that are not in the file';
  if (local === 'style') return missingFromStyles(textOf(element));
  const isUnstyled = styleAttributes.some((name) => !isSafeAttribute(name, attributes[name] ?? ''));
  if (isUnstyled) return 'styles that load something';
  const isElsewhere =
    local === 'use' &&
    Object.entries(attributes).some(([name, value]) => isHref(name) && !value.trim().startsWith('#'));
  return isElsewhere ? 'drawings that are not in the file' : undefined;
}

function missingFromStyles(css: string): string | undefined {
  if (safeStyles(css) === undefined) return 'styles that load something';
  return styleSheet(css).hasLoading ? 'fonts of its own' : undefined;
}
