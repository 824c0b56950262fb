// Raw pixels and an ICC profile in one uncompressed TIFF, the only form in which sharp takes the two together.

import type { Dimensions } from '../../inspect/geometry.ts';

export interface ProfiledPixels extends Dimensions {
  readonly data: Buffer;
  readonly channels: number;
  readonly bitDepth: 8 | 16;
  readonly icc: Buffer;
  readonly isCmyk: boolean;
}

type Field = readonly [tag: number, type: 3 | 4 | 7, values: readonly number[] | Buffer];

const short = 3;
const long = 4;
const undefinedBytes = 7;
const headerBytes = 8;

/** Little-endian TIFF 6.0: header, pixels, values that do not fit their entry, directory. */
export function profiledTiff(pixels: ProfiledPixels): Buffer {
  const { data, width, height, channels, bitDepth, icc, isCmyk } = pixels;
  const colors = isCmyk ? 4 : channels < 3 ? 1 : 3;
  const extraSamples = channels - colors;
  const fields: readonly Field[] = [
    [256, long, [width]],
    [257, long, [height]],
    [258, short, Array.from({ length: channels }, () => bitDepth)],
    [259, short, [1]],
    [262, short, [isCmyk ? 5 : colors === 1 ? 1 : 2]],
    [273, long, [headerBytes]],
    [277, short, [channels]],
    [278, long, [height]],
    [279, long, [data.length]],
    ...(extraSamples === 0 ? [] : ([[338, short, [2]]] as const)),
    [34675, undefinedBytes, icc],
  ];
  return assemble(data, fields);
}

function assemble(data: Buffer, fields: readonly Field[]): Buffer {
  const outside: Buffer[] = [];
  let outsideAt = headerBytes + data.length;
  const directory = Buffer.alloc(2 + fields.length * 12 + 4);
  directory.writeUInt16LE(fields.length, 0);
  fields.forEach(([tag, type, values], index) => {
    const at = 2 + index * 12;
    const bytes = encode(type, values);
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(values.length, at + 4);
    if (bytes.length <= 4) {
      bytes.copy(directory, at + 8);
    } else {
      directory.writeUInt32LE(outsideAt, at + 8);
      const padded = Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)]);
      outside.push(padded);
      outsideAt += padded.length;
    }
  });
  const header = Buffer.from('II*\0\0\0\0\0', 'latin1');
  header.writeUInt32LE(outsideAt, 4);
  return Buffer.concat([header, data, ...outside, directory]);
}

function encode(type: Field[1], values: Field[2]): Buffer {
  if (Buffer.isBuffer(values)) return values;
  const width = type === short ? 2 : 4;
  const bytes = Buffer.alloc(values.length * width);
  values.forEach((value, index) => {
    bytes.writeUIntLE(value, index * width, width);
  });
  return bytes;
}
