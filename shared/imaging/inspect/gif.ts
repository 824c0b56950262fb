// The GIF container, walked block by block to its trailer: only that tells how many frames there are (GIF89a).

import { PermanentFailure } from '../../domain/errors.ts';
import type { HeaderReader, Inspection } from './inspection.ts';

interface Walk {
  frames: number;
  isTransparent: boolean;
  durationMs: number;
  /** The furthest that any frame reaches, pixels. */
  right: number;
  bottom: number;
}

export async function inspectGif(file: HeaderReader): Promise<Inspection> {
  const bytes = await file.all();
  const screen = { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  const walk = walkBlocks(bytes);
  if (walk.frames === 0) throw new PermanentFailure('corrupt-image', 'a GIF without a picture');
  // Decoders grow an empty screen to the first frame.
  const stored = { width: screen.width || walk.right, height: screen.height || walk.bottom };
  return {
    subformat: bytes.toString('latin1', 3, 6),
    stored,
    color: 'rgb',
    bitDepth: 8,
    hasAlpha: walk.isTransparent,
    frames: walk.frames,
    ...(walk.frames > 1 && walk.durationMs > 0 ? { durationMs: walk.durationMs } : {}),
    decodeBytesPerPixel: 8,
    notes:
      walk.right > stored.width || walk.bottom > stored.height ? ['a frame lies outside the screen'] : [],
  };
}

function walkBlocks(bytes: Buffer): Walk {
  const walk: Walk = { frames: 0, isTransparent: false, durationMs: 0, right: 0, bottom: 0 };
  let at = 13 + paletteBytes(bytes.readUInt8(10));
  while (at < bytes.length) {
    const kind = bytes[at];
    if (kind === 0x21) {
      if (bytes[at + 1] === 0xf9 && at + 6 < bytes.length) {
        walk.isTransparent ||= (bytes.readUInt8(at + 3) & 1) === 1;
        walk.durationMs += bytes.readUInt16LE(at + 4) * 10;
      }
      at = skipSubBlocks(bytes, at + 2);
    } else if (kind === 0x2c && at + 10 <= bytes.length) {
      walk.frames += 1;
      walk.right = Math.max(walk.right, bytes.readUInt16LE(at + 1) + bytes.readUInt16LE(at + 5));
      walk.bottom = Math.max(walk.bottom, bytes.readUInt16LE(at + 3) + bytes.readUInt16LE(at + 7));
      at = skipSubBlocks(bytes, at + 11 + paletteBytes(bytes.readUInt8(at + 9)));
    } else {
      // The trailer, or bytes that no decoder reads on from.
      return walk;
    }
  }
  return walk;
}

function paletteBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

function skipSubBlocks(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const length = bytes[at] ?? 0;
    at += 1 + length;
    if (length === 0) break;
  }
  return at;
}
