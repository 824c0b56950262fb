// A HEIC photo as iPhones with iOS 11 and 12 write it: a grid of tiles, with the color profile on the tiles alone.

import { ascii, box, fullBox, u8, u16, u32 } from './hostile/bytes.ts';

interface Still {
  /** The decoder's configuration, a whole box. */
  readonly hvcC: Buffer;
  readonly bitstream: Buffer;
}

/** The first picture of a HEIC file whose locations have four bytes each, bases included. */
function stillOf(heic: Buffer): Still {
  const configurationAt = heic.indexOf('hvcC') - 4;
  // Its first entry: ID, data reference, base, count of extents, then offset and length.
  const entryAt = heic.indexOf('iloc') + 12;
  const [base, offset, length] = [4, 10, 14].map((at) => heic.readUInt32BE(entryAt + at));
  const start = (base ?? 0) + (offset ?? 0);
  return {
    hvcC: heic.subarray(configurationAt, configurationAt + heic.readUInt32BE(configurationAt)),
    bitstream: heic.subarray(start, start + (length ?? 0)),
  };
}

/** Twice the same picture side by side. @param tile its dimensions */
export function gridOfTwo(heic: Buffer, tile: { width: number; height: number }, icc: Buffer): Buffer {
  const { hvcC, bitstream } = stillOf(heic);
  const ftyp = box('ftyp', ascii('heic'), u32(0), ascii('mif1heic'));
  const item = (id: number, type: string) => fullBox('infe', 2, 0, u16(id), u16(0), ascii(type), u8(0));
  const ispe = (width: number, height: number) => fullBox('ispe', 0, 0, u32(width), u32(height));
  const grid = Buffer.concat([Buffer.from([0, 0, 0, 1]), u16(tile.width * 2), u16(tile.height)]);
  const properties = box(
    'ipco',
    ispe(tile.width * 2, tile.height),
    ispe(tile.width, tile.height),
    hvcC,
    box('colr', ascii('prof'), icc),
  );
  const ofTile = (id: number) => Buffer.concat([u16(id), u8(3), Buffer.from([2, 0x83, 4])]);
  const associations = fullBox('ipma', 0, 0, u32(3), u16(1), u8(1), u8(1), ofTile(2), ofTile(3));
  const tables = (dataAt: number) => {
    const inData = (id: number) =>
      Buffer.concat([u16(id), u16(0), u16(0), u16(1), u32(dataAt), u32(bitstream.length)]);
    return fullBox(
      'meta',
      0,
      0,
      fullBox('hdlr', 0, 0, u32(0), ascii('pict'), Buffer.alloc(13)),
      fullBox('pitm', 0, 0, u16(1)),
      fullBox(
        'iloc',
        1,
        0,
        u16(0x4400),
        u16(3),
        Buffer.concat([u16(1), u16(1), u16(0), u16(1), u32(0), u32(grid.length)]),
        inData(2),
        inData(3),
      ),
      fullBox('iinf', 0, 0, u16(3), item(1, 'grid'), item(2, 'hvc1'), item(3, 'hvc1')),
      fullBox('iref', 0, 0, box('dimg', u16(1), u16(2), u16(2), u16(3))),
      box('iprp', properties, associations),
      box('idat', grid),
    );
  };
  const dataAt = ftyp.length + tables(0).length + 8;
  return Buffer.concat([ftyp, tables(dataAt), box('mdat', bitstream)]);
}
