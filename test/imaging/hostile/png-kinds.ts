// Hostile PNG files: chunks that inflate without end, or come without end.

import { deflateSync } from 'node:zlib';
import { ascii, chunk, longSource, repeated, u8, u16, u32 } from './bytes.ts';
import type { HostileKind } from './kind.ts';

const head = Buffer.concat([
  ascii('\x89PNG\r\n\x1a\n'),
  chunk('IHDR', Buffer.concat([u32(8), u32(8), Buffer.from([8, 2, 0, 0, 0])])),
]);
const end = chunk('IEND', Buffer.alloc(0));
export const png = (...chunks: Buffer[]) => Buffer.concat([head, ...chunks, end]);

const bomb = deflateSync(Buffer.alloc(4 * 1024 * 1024 - 1, 32), { level: 9 });
const damaged = Buffer.concat([bomb.subarray(0, -4), Buffer.alloc(4)]);
const cutOff = bomb.subarray(0, -20);

const compressed = (type: string, keyword: string, deflated: Buffer) =>
  chunk(type, Buffer.concat([ascii(`${keyword}\0\0`), deflated]));
const xmp = (deflated: Buffer) =>
  chunk('iTXt', Buffer.concat([ascii('XML:com.adobe.xmp\0\x01\0\0\0'), deflated]));

/** A file of a hundred megabytes made of one chunk over and over. */
const endless = (piece: Buffer) => (megabytes: number) => longSource(head, piece, megabytes * 1024 * 1024);

export const pngKinds: readonly HostileKind[] = [
  {
    name: 'PNG of many raw profiles that inflate',
    sizes: [10, 500, 5000],
    file: (size) => png(repeated(size, compressed('zTXt', 'Raw profile type exif', bomb))),
  },
  {
    name: 'PNG of many XMP packets that inflate',
    sizes: [10, 500, 5000],
    file: (size) => png(repeated(size, xmp(bomb))),
  },
  {
    name: 'PNG of many color profiles that inflate',
    sizes: [10, 500, 5000],
    file: (size) => png(repeated(size, compressed('iCCP', 'p', bomb))),
  },
  {
    name: 'PNG of every kind of metadata that inflates and is damaged',
    sizes: [10, 500],
    file: (size) => {
      const kinds = ['exif', 'APP1', 'xmp', 'iptc'].map((kind) =>
        compressed('zTXt', `Raw profile type ${kind}`, damaged),
      );
      return png(repeated(size, Buffer.concat([...kinds, xmp(damaged), compressed('iCCP', 'p', damaged)])));
    },
  },
  {
    name: 'PNG of many profiles that are cut off',
    sizes: [10, 500],
    file: (size) => png(repeated(size, Buffer.concat([compressed('iCCP', 'p', cutOff), xmp(cutOff)]))),
  },
  {
    name: 'PNG of many small profiles that are damaged',
    sizes: [100, 20_000],
    file: (size) => png(repeated(size, compressed('iCCP', 'p', ascii('nothing that inflates')))),
  },
  {
    name: 'PNG of a raw profile of blanks',
    sizes: [1, 3, 16],
    file: (megabytes) =>
      png(
        chunk('tEXt', Buffer.concat([ascii('Raw profile type exif\0'), Buffer.alloc(megabytes * 1e6, '\n')])),
      ),
  },
  {
    name: 'PNG of many small animation chunks',
    sizes: [1000, 100_000],
    file: (size) => png(repeated(size, chunk('fcTL', Buffer.alloc(26, 255)))),
  },
  {
    name: 'PNG of many broken chunks',
    sizes: [1000, 100_000],
    file: (size) => png(repeated(size, chunk('cICP', u8(1))), repeated(size, chunk('acTL', u16(1)))),
  },
  { name: 'PNG of empty picture data', sizes: [10, 100], file: endless(chunk('IDAT', Buffer.alloc(0))) },
  { name: 'PNG of text without end', sizes: [10, 100], file: endless(chunk('tEXt', ascii('a\0b'))) },
  {
    name: 'PNG of chunks far from each other',
    sizes: [10, 100],
    file: endless(chunk('tEXt', Buffer.concat([ascii('a\0'), Buffer.alloc(300_000)]))),
  },
];
