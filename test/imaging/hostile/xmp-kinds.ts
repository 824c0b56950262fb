// Hostile XMP packets: nested, bound and listed without end. Carried by a JPEG where they fit in, else by a PNG.

import { ascii, chunk, segment, u32 } from './bytes.ts';
import { jpegWith } from './jpeg-kinds.ts';
import type { HostileKind } from './kind.ts';

const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

/** A file with this packet. */
export function withXmp(packet: string): Buffer {
  const bytes = Buffer.from(packet);
  if (bytes.length < 65_000) {
    return jpegWith(segment(0xe1, Buffer.concat([ascii('http://ns.adobe.com/xap/1.0/\0'), bytes])));
  }
  return Buffer.concat([
    ascii('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', Buffer.concat([u32(8), u32(8), Buffer.from([8, 2, 0, 0, 0])])),
    chunk('iTXt', Buffer.concat([ascii('XML:com.adobe.xmp\0\0\0\0\0'), bytes])),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export function packet(content: string, attributes = ''): string {
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${rdf}"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" ${attributes}>${content}</rdf:Description></rdf:RDF></x:xmpmeta>`;
}

const bag = (items: string) => `<dc:subject><rdf:Bag>${items}</rdf:Bag></dc:subject>`;
const numbered = (size: number, piece: (index: number) => string) =>
  Array.from({ length: size }, (_, index) => piece(index)).join('');

/** All that a packet may be long, in pieces of one kind. */
const full = (piece: string) => piece.repeat(Math.floor(1_000_000 / piece.length));

export const xmpKinds: readonly HostileKind[] = [
  {
    name: 'XMP nested deeply',
    sizes: [50, 1000, 25_000, 100_000],
    file: (depth) => withXmp(packet(`${'<dc:a>'.repeat(depth)}${'</dc:a>'.repeat(depth)}`)),
  },
  {
    name: 'XMP nested deeply, never closed, each with bindings',
    sizes: [1000, 20_000],
    file: (depth) => withXmp(numbered(depth, (index) => `<a${index} xmlns:n${index}="u">`)),
  },
  {
    name: 'XMP of attributes without number',
    sizes: [1000, 20_000, 90_000],
    file: (size) =>
      withXmp(
        packet(
          '',
          numbered(size, (index) => `xmp:a${index}="" `),
        ),
      ),
  },
  {
    name: 'XMP of bindings without number, for elements without number',
    sizes: [1000, 20_000],
    file: (size) =>
      withXmp(
        packet(
          full('<dc:a/>').slice(0, 700_000 - 7),
          numbered(size, (index) => `xmlns:n${index}="u" `),
        ),
      ),
  },
  {
    name: 'XMP of keywords without number',
    sizes: [1000, 50_000],
    file: (size) => withXmp(packet(bag(numbered(size, (index) => `<rdf:li>k${index}</rdf:li>`)))),
  },
  { name: 'XMP of references that are none', sizes: [1], file: () => withXmp(packet(full('&x;'))) },
  { name: 'XMP of closing tags that close nothing', sizes: [1], file: () => withXmp(packet(full('</a>'))) },
  { name: 'XMP of bindings that are missing', sizes: [1], file: () => withXmp(packet(full('<q:a/>'))) },
  {
    name: 'XMP of one text',
    sizes: [60_000, 990_000, 3_000_000],
    file: (size) => withXmp(packet(bag(`<rdf:li>${'x'.repeat(size)}</rdf:li>`))),
  },
  {
    name: 'XMP of blanks',
    sizes: [990_000],
    file: (size) => withXmp(packet(`<dc:title>${' '.repeat(size)}x</dc:title>`)),
  },
  {
    name: 'XMP of one reference',
    sizes: [990_000],
    file: (size) => withXmp(packet(`&${'x'.repeat(size)};`)),
  },
  {
    name: 'XMP of one comment, never closed',
    sizes: [990_000],
    file: (size) => withXmp(`<!--${'-'.repeat(size)}`),
  },
  {
    name: 'XMP with the names of what JavaScript objects have',
    sizes: [1],
    file: () =>
      withXmp(
        packet(
          '<dc:constructor/><dc:__proto__>x</dc:__proto__>&constructor;&__proto__;',
          'hasOwnProperty="" xmp:toString="" __proto__="" xmp:Rating="5"',
        ),
      ),
  },
];
