// Hostile drawings: SVG that is short, and takes for ever to draw.

import { svg } from './svg-kinds.ts';

export interface DrawingKind {
  readonly name: string;
  readonly code: 'too-expensive' | 'corrupt-image';
  readonly sizes: readonly number[];
  readonly file: (size: number) => Buffer;
}

const large = (content: string) => svg(content, 'width="1600" height="1600"');
const numbered = (size: number, piece: (index: number) => string) =>
  Array.from({ length: size }, (_, index) => piece(index)).join('');
const rects = (size: number, attributes = '') => `<rect width="9" height="9" ${attributes}/>`.repeat(size);
const pattern = (size: number) =>
  `<pattern id="p" width="99" height="99" patternUnits="userSpaceOnUse">${'<circle r="9"/>'.repeat(size)}</pattern>`;
const blur = '<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>';
const marker = `<marker id="m">${rects(10)}</marker>`;
const corners = (size: number) => `M0 0${'L9 9'.repeat(size)}`;
const style = (css: string) => `<style>${css}</style>`;

const circles: Readonly<Record<string, (content: string) => string>> = {
  'a use': () => '<g id="a"><use href="#a"/></g>',
  'a fill': () => '<pattern id="a" width="9" height="9"><rect fill="url(#a)"/></pattern>',
  'a mask': () => '<mask id="a"><g mask="url(\'#a\')"><rect/></g></mask>',
  'a clip path': () => '<clipPath id="a"><rect style="clip-path: url( #a )"/></clipPath>',
  'a marker': () => '<marker id="a"><path d="M0 0" marker-end="url(#a)"/></marker>',
  'a style sheet': () =>
    `${style('.x > rect { fill: URL("#a") }')}<pattern id="a" class="y x"><rect/></pattern>`,
  'a template': () => '<pattern id="a" href="#b"/><pattern id="b" href="#a"/>',
};

export const drawingKinds: readonly DrawingKind[] = [
  ...Object.entries(circles).map(
    ([name, content]): DrawingKind => ({
      name: `that draws itself by ${name}`,
      code: 'corrupt-image',
      sizes: [1],
      file: () => large(content('')),
    }),
  ),
  {
    name: 'whose groups all draw each other',
    code: 'corrupt-image',
    sizes: [2, 40, 250],
    file: (size) =>
      large(
        numbered(size, (from) => `<g id="g${from}">${numbered(size, (to) => `<use href="#g${to}"/>`)}</g>`),
      ),
  },
  {
    name: 'of a chain that ends at its start',
    code: 'corrupt-image',
    sizes: [3, 1000, 90_000],
    file: (size) => large(numbered(size, (index) => `<use id="u${index}" href="#u${(index + 1) % size}"/>`)),
  },
  {
    name: 'of one long chain',
    code: 'too-expensive',
    sizes: [1000, 90_000],
    file: (size) => large(numbered(size, (index) => `<use id="u${index}" href="#u${index + 1}"/>`)),
  },
  {
    name: 'of groups that draw ten of the group before',
    code: 'too-expensive',
    sizes: [5, 12, 60],
    file: (levels) =>
      large(
        `<rect id="g0"/>${numbered(levels, (level) => `<g id="g${level + 1}">${`<use xlink:href="#g${level}"/>`.repeat(10)}</g>`)}`,
      ),
  },
  {
    name: 'whose many shapes inherit a pattern of many',
    code: 'too-expensive',
    sizes: [500, 20_000],
    file: (size) => large(`${pattern(size)}<g fill="url(#p)">${rects(size)}</g>`),
  },
  ...[
    'rect{fill:url(#p)}',
    'g *{stroke:url(#p)}',
    'svg rect:not(#x){fill:url(#p)}',
    '.none, g[width="9"]{fill:url(#p)}',
    '/* } */ rect{font-family:"}";fill:url(#p)}',
    "rect{font-family:'{;';fill:url( '#p' )}",
    '@font-face{src:url(data:x}y)} rect{fill:url(#p)}',
    '@media all{.none{} rect{fill:url(#p)}}',
    '.none{.x{}} rect{fill:url(#p)}',
    'rect{fill:url(#p)',
  ].map(
    (css): DrawingKind => ({
      name: `whose many shapes are styled with a pattern of many: ${css}`,
      code: 'too-expensive',
      sizes: [500],
      file: (size) => large(`${style(css)}${pattern(size)}<g>${rects(size)}</g>`),
    }),
  ),
  {
    name: 'whose marker stands on each of many corners',
    code: 'too-expensive',
    sizes: [20_000, 400_000],
    file: (size) => large(`${marker}<g marker-mid="url(#m)"><path d="${corners(size)}"/></g>`),
  },
  {
    name: 'whose markers take over a pattern',
    code: 'too-expensive',
    sizes: [500],
    file: (size) =>
      large(
        `${pattern(size)}<marker id="m"><rect fill="context-stroke"/></marker><path stroke="url(#p)" d="${corners(size)}" marker-mid="url(#m)"/>`,
      ),
  },
  {
    name: 'whose every shape is filtered',
    code: 'too-expensive',
    sizes: [40, 5000],
    file: (size) => large(blur + rects(size, 'filter="url(#f)"')),
  },
  {
    name: 'whose every shape is filtered by a style sheet',
    code: 'too-expensive',
    sizes: [40, 5000],
    file: (size) => large(style('rect{FILTER:url(#f)}') + blur + rects(size)),
  },
  {
    name: 'whose every shape is filtered by functions',
    code: 'too-expensive',
    sizes: [40, 5000],
    file: (size) => large(rects(size, 'style="filter: blur(9px) blur(9px)"')),
  },
  {
    name: 'of a filter of many steps',
    code: 'too-expensive',
    sizes: [101, 10_000],
    file: (size) =>
      large(
        `<filter id="f">${'<feGaussianBlur stdDeviation="9"/>'.repeat(size)}</filter>${rects(1, 'filter="url(#f)"')}`,
      ),
  },
  {
    name: 'whose every shape is masked',
    code: 'too-expensive',
    sizes: [301, 20_000],
    file: (size) => large(`<mask id="m"><rect/></mask>${rects(size, 'mask="url(#m)"')}`),
  },
  {
    name: 'whose every shape is blended',
    code: 'too-expensive',
    sizes: [301, 20_000],
    file: (size) => large(style('rect{mix-blend-mode:multiply}') + rects(size)),
  },
  {
    name: 'of one long text',
    code: 'too-expensive',
    sizes: [10_001, 5_000_000],
    file: (size) => large(`<text y="99">${'x'.repeat(size)}</text>`),
  },
  {
    name: 'of many texts',
    code: 'too-expensive',
    sizes: [12, 1000],
    file: (size) => large(`<text>${'x'.repeat(9_000)}</text>`.repeat(size)),
  },
  {
    name: 'of many styles for the same shapes',
    code: 'too-expensive',
    sizes: [129, 5000],
    file: (size) =>
      large(style(numbered(size, (index) => `.a{fill:url(#p${index})}`)) + rects(size, 'class="a"')),
  },
];
