// Hostile GIF and WebP files: frames and blocks without number.

import { ascii, longSource, repeated, u16, u32 } from './bytes.ts';
import type { HostileKind } from './kind.ts';

const gifHead = Buffer.concat([ascii('GIF89a'), u16(64, true), u16(48, true), Buffer.from([0, 0, 0])]);
const gifFrame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 0]);
const gif = (piece: Buffer) => (megabytes: number) =>
  longSource(Buffer.concat([gifHead, gifFrame]), piece, megabytes * 1024 * 1024);
const openPicture = Buffer.concat([gifHead, gifFrame.subarray(0, 11)]);

export const webpHead = Buffer.concat([
  ascii('RIFF'),
  u32(100, true),
  ascii('WEBPVP8X'),
  u32(10, true),
  Buffer.from([2, 0, 0, 0, 63, 0, 0, 47, 0, 0]),
]);
export const webpChunk = (type: string, body: Buffer) =>
  Buffer.concat([ascii(type), u32(body.length, true), body]);
const webp = (piece: Buffer) => (megabytes: number) => longSource(webpHead, piece, megabytes * 1024 * 1024);

export const containerKinds: readonly HostileKind[] = [
  { name: 'GIF of empty frames', sizes: [1, 100], file: gif(gifFrame) },
  { name: 'GIF of empty extensions', sizes: [1, 100], file: gif(Buffer.from([0x21, 0xfe, 0])) },
  {
    name: 'GIF of one-byte blocks',
    sizes: [1, 100],
    file: (megabytes) => longSource(openPicture, Buffer.from([1, 0xff]), megabytes * 1024 * 1024),
  },
  { name: 'GIF of full blocks', sizes: [10, 100], file: gif(Buffer.alloc(256, 255)) },
  { name: 'WebP of empty frames', sizes: [1, 100], file: webp(webpChunk('ANMF', Buffer.alloc(16, 255))) },
  { name: 'WebP of empty chunks', sizes: [1, 100], file: webp(webpChunk('XXXX', Buffer.alloc(0))) },
  { name: 'WebP of EXIF without number', sizes: [1, 100], file: webp(webpChunk('EXIF', Buffer.alloc(64))) },
  {
    name: 'WebP of profiles that are too long',
    sizes: [100],
    file: webp(webpChunk('ICCP', Buffer.alloc(5_000_000))),
  },
  {
    name: 'WebP of XMP that is not there',
    sizes: [100, 20_000],
    file: (size) =>
      Buffer.concat([
        webpHead,
        repeated(size, webpChunk('XMP ', Buffer.alloc(0))),
        ascii('XMP '),
        u32(0xffffffff),
      ]),
  },
];
