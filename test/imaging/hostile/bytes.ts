// Bytes put together for hostile files: numbers, boxes, chunks, and sources that are long without taking memory.

import { crc32 } from 'node:zlib';
import type { ByteSource } from '../../../shared/imaging/contract.ts';

export function u8(value: number): Buffer {
  return Buffer.from([value]);
}

export function u16(value: number, isLittle = false): Buffer {
  const bytes = Buffer.alloc(2);
  if (isLittle) bytes.writeUInt16LE(value);
  else bytes.writeUInt16BE(value);
  return bytes;
}

export function u32(value: number, isLittle = false): Buffer {
  const bytes = Buffer.alloc(4);
  if (isLittle) bytes.writeUInt32LE(value);
  else bytes.writeUInt32BE(value);
  return bytes;
}

export function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

export function repeated(count: number, piece: Buffer): Buffer {
  return Buffer.alloc(count * piece.length, piece);
}

/** A box of the ISO base media file format. */
export function box(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), ascii(type), body]);
}

/** A box with revision and flags. */
export function fullBox(type: string, revision: number, flags: number, ...parts: Buffer[]): Buffer {
  return box(type, u32(((revision << 24) | flags) >>> 0), ...parts);
}

/** A PNG chunk. */
export function chunk(type: string, body: Buffer): Buffer {
  const typed = Buffer.concat([ascii(type), body]);
  return Buffer.concat([u32(body.length), typed, u32(crc32(typed))]);
}

/** A JPEG segment. */
export function segment(marker: number, body: Buffer): Buffer {
  return Buffer.concat([u16(0xff00 | marker), u16(body.length + 2), body]);
}

/** A head, one piece over and over, and a tail: as long as a file may be, and in memory only as it is read. */
export function longSource(head: Buffer, piece: Buffer, byteLength: number): ByteSource {
  const period = Buffer.alloc(Math.ceil((8 * 1024 * 1024) / piece.length) * piece.length, piece);
  return {
    byteLength,
    async read(offset, length) {
      const end = Math.min(offset + length, byteLength);
      const bytes = Buffer.allocUnsafe(end - offset);
      const fromHead = head.copy(bytes, 0, Math.min(offset, head.length));
      for (let at = fromHead; at < bytes.length; ) {
        const phase = (offset + at - head.length) % piece.length;
        at += period.copy(bytes, at, phase);
      }
      return bytes;
    },
  };
}
