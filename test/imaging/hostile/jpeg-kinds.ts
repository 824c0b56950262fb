// Hostile JPEG files: headers without end.

import { ascii, longSource, repeated, segment, u8, u16 } from './bytes.ts';
import type { HostileKind } from './kind.ts';

const start = Buffer.from([0xff, 0xd8]);
const frame = segment(0xc0, Buffer.concat([u8(8), u16(48), u16(64), u8(1), u8(1), u8(0x11), u8(0)]));
const scan = segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0]));

/** Segments behind the start of a JPEG, and then its frame and scan. */
export function jpegWith(...segments: Buffer[]): Buffer {
  return Buffer.concat([start, ...segments, frame, scan]);
}

const endless = (piece: Buffer) => (megabytes: number) =>
  longSource(Buffer.concat([start, frame]), piece, megabytes * 1024 * 1024);

export const jpegKinds: readonly HostileKind[] = [
  {
    name: 'JPEG of empty segments',
    sizes: [1000, 19_000, 100_000],
    file: (size) => jpegWith(repeated(size, segment(0xe1, Buffer.alloc(0)))),
  },
  {
    name: 'JPEG of stray bytes',
    sizes: [1000, 19_000, 1_000_000],
    file: (size) => jpegWith(segment(0xe0, Buffer.alloc(0)), Buffer.alloc(size)),
  },
  { name: 'JPEG of fill bytes', sizes: [10, 100], file: endless(u8(0xff)) },
  { name: 'JPEG of full segments', sizes: [10, 100], file: endless(segment(0xe1, Buffer.alloc(65_000))) },
  {
    name: 'JPEG of color profile chunks without number',
    sizes: [10, 100],
    file: endless(
      segment(0xe2, Buffer.concat([ascii('ICC_PROFILE\0'), u8(1), u8(255), Buffer.alloc(65_000)])),
    ),
  },
  {
    name: 'JPEG of Photoshop resources without number',
    sizes: [100, 1000],
    file: (size) => {
      const resources = repeated(5000, Buffer.concat([ascii('8BIM'), u16(1), u16(0), u16(0), u16(0)]));
      return jpegWith(repeated(size, segment(0xed, Buffer.concat([ascii('Photoshop 3.0\0'), resources]))));
    },
  },
];
