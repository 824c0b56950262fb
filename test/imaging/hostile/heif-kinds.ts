// Hostile HEIF files: item tables that promise more than they hold.

import { ascii, box, fullBox, repeated, u8, u16, u32 } from './bytes.ts';
import type { HostileKind } from './kind.ts';

const ftyp = box('ftyp', ascii('avif'), u32(0), ascii('avifmif1'));
const ispe = fullBox('ispe', 0, 0, u32(64), u32(48));

interface Tables {
  readonly iloc?: Buffer;
  readonly ipma?: Buffer;
  readonly iref?: Buffer;
  readonly infe?: readonly Buffer[];
  readonly more?: readonly Buffer[];
}

export function item(id: number, type: string, ...rest: Buffer[]): Buffer {
  return fullBox('infe', 2, 0, u16(id), u16(0), ascii(type), u8(0), ...rest);
}

export function heif({ iloc, ipma, iref, infe = [item(1, 'av01')], more = [] }: Tables): Buffer {
  const meta = fullBox(
    'meta',
    0,
    0,
    fullBox('pitm', 0, 0, u16(1)),
    fullBox('iinf', 0, 0, u16(infe.length), ...infe),
    box('iprp', box('ipco', ispe), ipma ?? fullBox('ipma', 0, 0, u32(1), u16(1), u8(1), u8(1))),
    iloc ?? fullBox('iloc', 0, 0, u16(0x4400), u16(0)),
    ...(iref === undefined ? [] : [iref]),
    ...more,
  );
  return Buffer.concat([ftyp, meta]);
}

/** Items of 65,535 extents each that take no bytes. */
function emptyExtents(revision: 0 | 1 | 2) {
  return (size: number) => {
    const id = revision < 2 ? u16(2) : u32(2);
    const method = revision === 0 ? Buffer.alloc(0) : u16(0);
    const entry = Buffer.concat([id, method, u16(0), u16(65_535)]);
    const count = revision < 2 ? u16(size) : u32(size);
    return heif({ iloc: fullBox('iloc', revision, 0, u16(0), count, repeated(size, entry)) });
  };
}

const exifItems = (size: number) => {
  const extent = Buffer.concat([u32(0), u32(4 * 1024 * 1024)]);
  const entries = Array.from({ length: size }, (_, index) =>
    Buffer.concat([u16(index + 1), u16(0), u16(1), extent]),
  );
  const infe = Array.from({ length: size }, (_, index) => item(index + 1, index === 0 ? 'av01' : 'Exif'));
  const iloc = fullBox('iloc', 0, 0, u16(0x4400), u16(size), ...entries);
  return Buffer.concat([heif({ iloc, infe }), Buffer.alloc(4 * 1024 * 1024)]);
};

export const heifKinds: readonly HostileKind[] = [
  { name: 'HEIF extents of no width', sizes: [1, 16, 60, 4000], file: emptyExtents(0) },
  { name: 'HEIF extents of no width, indexed', sizes: [16, 4000], file: emptyExtents(1) },
  { name: 'HEIF extents of no width, by long IDs', sizes: [16, 4000], file: emptyExtents(2) },
  {
    name: 'HEIF extents of odd widths',
    sizes: [1, 5, 15],
    file: (width) => heif({ iloc: fullBox('iloc', 1, 0, u16(width * 0x1111), u16(1), Buffer.alloc(5000)) }),
  },
  {
    name: 'HEIF items without number',
    sizes: [0xffff, 0xffffffff],
    file: (count) => heif({ iloc: fullBox('iloc', 2, 0, u16(0), u32(count), Buffer.alloc(2 * 1024 * 1024)) }),
  },
  {
    name: 'HEIF properties without number',
    sizes: [1000, 4096, 100_000, 0xffffffff],
    file: (count) =>
      heif({ ipma: fullBox('ipma', 0, 1, u32(count), repeated(5000, Buffer.alloc(513, 255))) }),
  },
  {
    name: 'HEIF references without number',
    sizes: [1, 20, 30],
    file: (size) => {
      const reference = box('auxl', u16(1), u16(65_535), Buffer.alloc(131_070));
      return heif({ iref: fullBox('iref', 0, 0, repeated(size, reference)) });
    },
  },
  { name: 'HEIF EXIF items that overlap', sizes: [4, 100, 4000], file: exifItems },
  {
    name: 'HEIF boxes without number',
    sizes: [4000, 200_000],
    file: (size) => heif({ more: [repeated(size, box('free'))] }),
  },
  {
    name: 'HEIF boxes before the tables',
    sizes: [10, 100_000],
    file: (size) => Buffer.concat([ftyp, repeated(size, box('free', Buffer.alloc(8))), heif({})]),
  },
];
