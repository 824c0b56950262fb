import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../shared/imaging/inspect/limits.ts';
import { parseSvg } from '../../shared/imaging/inspect/svg/tree.ts';
import { expandedCost } from '../../shared/imaging/render/svg/cost.ts';
import { sanitize } from '../../shared/imaging/render/svg/sanitize.ts';
import { svg } from './hostile/svg-kinds.ts';

const largest = { width: 1600, height: 1600 };
const rects = (count: number, attributes = '') => `<rect ${attributes}/>`.repeat(count);
const blurs = (count: number) =>
  `<filter id="f">${'<feGaussianBlur stdDeviation="2"/>'.repeat(count)}</filter>`;
const parsed = (content: string) => parseSvg(svg(content).toString());
const sanitized = (content: string, drawn = largest) =>
  sanitize(parsed(content), new Map(), drawn, defaultLimits);
const cost = (content: string) => expandedCost(parsed(content), new Map());

describe('an SVG at its limits', () => {
  it.each([
    [
      'elements',
      200_000,
      (count: number) =>
        `<g id="a">${rects(998)}</g>${'<use href="#a"/>'.repeat(198)}${rects(count - 199_000)}`,
    ],
    ['filters', 100, blurs],
    ['layers', 300, (count: number) => `<mask id="m"/>${rects(count, 'mask="url(#m)"')}`],
    [
      'characters',
      100_000,
      (count: number) =>
        `${`<text>${'x'.repeat(10_000)}</text>`.repeat(9)}<text>${'x'.repeat(count - 90_000)}</text>`,
    ],
    [
      'characters in one text',
      10_000,
      (count: number) => `<text><tspan>${'x'.repeat(count - 1)}</tspan>y</text>`,
    ],
  ])('may expand to as many %s as %i, and no more', (_, most, content) => {
    expect(() => sanitized(content(most))).not.toThrow();
    expect(() => sanitized(content(most + 1))).toThrow('expands to too many');
  });

  it('may have more filters and layers where it is drawn smaller, up to twenty times as many', () => {
    const half = { width: 800, height: 1600 };
    expect(() => sanitized(blurs(200), half)).not.toThrow();
    expect(() => sanitized(blurs(201), half)).toThrow('filters');
    const icon = { width: 16, height: 16 };
    expect(() => sanitized(blurs(2000), icon)).not.toThrow();
    expect(() => sanitized(blurs(2001), icon)).toThrow('filters');
  });
});

describe('what an SVG costs', () => {
  it('is counted once an element, and once more for each time it is drawn', () => {
    expect(cost(rects(3)).elements).toBe(4);
    expect(cost(`<g id="a">${rects(3)}</g><use href="#a"/><use xlink:href="#a"/>`).elements).toBe(5 + 2 * 5);
  });

  it('counts a paint for all that inherits it, and a marker for every corner', () => {
    const pattern = `<pattern id="p">${rects(9)}</pattern>`;
    expect(cost(`${pattern}<g fill="url(#p)">${rects(4)}</g>`).elements).toBe(1 + 10 + 5 + 5 * 10);
    const marker = `<marker id="m">${rects(9)}</marker>`;
    const { elements } = cost(`${marker}<path d="M0 0L1 1L2 2" marker-mid="url(#m)"/>`);
    expect(elements).toBeGreaterThanOrEqual(12 + 3 * 10);
  });

  it('leaves links, gradients and other elements out of a circle that is none', () => {
    for (const content of [
      '<g id="top"><a href="#top"><rect/></a></g>',
      '<style>*{fill:url(#g)}</style><linearGradient id="g"><stop offset="0"/></linearGradient><rect/>',
      '<style>#background rect{fill:url(#p)}</style><pattern id="p"><rect/></pattern><g id="background"><rect/></g>',
      '<style>.a+rect,.b{fill:url(#p)}</style><pattern id="p"><circle/></pattern><rect class="b"/>',
    ]) {
      expect(() => sanitized(content)).not.toThrow();
    }
  });

  it('lets a drawing pass as editors export it', () => {
    const styles = Array.from(
      { length: 60 },
      (_, index) => `.cls-${index}{fill:url(#g${index});clip-path:url(#c${index})}`,
    ).join('');
    const defs = Array.from(
      { length: 60 },
      (_, index) =>
        `<linearGradient id="g${index}"><stop offset="0"/><stop offset="1"/></linearGradient><clipPath id="c${index}"><rect/></clipPath>`,
    ).join('');
    const shapes = Array.from(
      { length: 6_000 },
      (_, index) => `<path class="cls-${index % 60}" d="M0 0L9 9"/>`,
    ).join('');
    const text = '<text style="font-family:\'Open Sans\', sans-serif">label</text>'.repeat(500);
    const drawing = `<defs><style>@media all{.x{fill:red}} .y{font-family:"a;}b"} ${styles}</style>${defs}</defs>${shapes}${text}`;
    expect(() => sanitized(drawing)).not.toThrow();
  });
});
