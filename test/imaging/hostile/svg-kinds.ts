// Hostile SVG files, for whoever only reads them: numbers, attributes, elements and text without end.

import { gzipSync } from 'node:zlib';
import type { HostileKind } from './kind.ts';

export function svg(content: string, attributes = 'width="64" height="48"'): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${content}</svg>`,
  );
}

const filled = (piece: string, bytes = 8_000_000) => piece.repeat(Math.floor(bytes / piece.length));

export const svgKinds: readonly HostileKind[] = [
  {
    name: 'SVG of a width of many digits',
    sizes: [300, 50_000, 5_000_000],
    file: (digits) => svg('', `width="${'1'.repeat(digits)}x" height="48"`),
  },
  {
    name: 'SVG of a width of many blanks',
    sizes: [300, 50_000, 5_000_000],
    file: (blanks) => svg('', `width="1${' '.repeat(blanks)}x" height="48"`),
  },
  {
    name: 'SVG of a view box of many numbers',
    sizes: [300, 50_000, 4_000_000],
    file: (numbers) => svg('', `viewBox="${'1 '.repeat(numbers)}"`),
  },
  {
    name: 'SVG nested deeply',
    sizes: [199, 201, 100_000],
    file: (depth) => svg('<g>'.repeat(depth) + '</g>'.repeat(depth)),
  },
  {
    name: 'SVG of elements without number',
    sizes: [99_000, 1_000_000],
    file: (size) => svg('<g/>'.repeat(size)),
  },
  {
    name: 'SVG of attributes without number',
    sizes: [100_000, 800_000],
    file: (size) =>
      svg('', Array.from({ length: size }, (_, index) => `a${index.toString(36)}=""`).join(' ')),
  },
  {
    name: 'SVG of text',
    sizes: [1, 8],
    file: (megabytes) => svg(`<text>${'x'.repeat(megabytes * 1e6 - 500)}</text>`),
  },
  { name: 'SVG of references', sizes: [1], file: () => svg(`<text>${filled('&lt;')}</text>`) },
  { name: 'SVG of comments', sizes: [1], file: () => svg(filled('<!---->')) },
  { name: 'SVG of one path', sizes: [1], file: () => svg(`<path d="${filled('L9 9')}"/>`) },
  {
    name: 'SVG behind instructions',
    sizes: [1],
    file: () => Buffer.concat([Buffer.from(filled('<?a?>', 4000)), svg(filled('<?a?>'))]),
  },
  {
    name: 'SVG with a long document type',
    sizes: [1],
    file: () => Buffer.from(`<!DOCTYPE svg ${'x'.repeat(8_000_000)}`),
  },
  {
    name: 'SVG of more than is read',
    sizes: [9, 100],
    file: (megabytes) => svg(' '.repeat(megabytes * 1e6)),
  },
  {
    name: 'SVG that inflates',
    sizes: [8, 300],
    file: (megabytes) => gzipSync(svg(' '.repeat(megabytes * 1e6))),
  },
  {
    name: 'SVG behind a prologue that inflates',
    sizes: [1, 300],
    file: (megabytes) => gzipSync(Buffer.alloc(megabytes * 1e6, 32)),
  },
  {
    name: 'SVG of empty gzip members',
    sizes: [100_000, 800_000],
    file: (size) => {
      const member = gzipSync(Buffer.alloc(0));
      return Buffer.alloc(size * member.length, member);
    },
  },
  {
    name: 'SVG with the names of what JavaScript objects have',
    sizes: [1],
    file: () => svg('<constructor/><__proto__/>', 'hasOwnProperty="" toString="" __proto__="" width="1"'),
  },
];
