// The GIF container, walked block by block to its trailer: only that tells how many frames there are (GIF89a).

import { PermanentFailure } from '../../domain/errors.ts';
import type { HeaderReader } from './header-reader.ts';
import type { Header } from './inspection.ts';
import { Walk } from './walk.ts';

/** Pictures and extensions: three a frame, for ten times the frames that are ever accepted. */
const maxBlocks = 60_000;

interface Findings {
  frames: number;
  isTransparent: boolean;
  durationMs: number;
  /** The furthest that any frame reaches, pixels. */
  right: number;
  bottom: number;
}

export async function inspectGif(file: HeaderReader): Promise<Header> {
  const head = await file.bytes(0, 13);
  const screen = { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
  const found = await walkBlocks(file, 13 + paletteBytes(head.readUInt8(10)));
  if (found.frames === 0) throw new PermanentFailure('corrupt-image', 'a GIF without a picture');
  // Decoders grow an empty screen to the first frame.
  const stored = { width: screen.width || found.right, height: screen.height || found.bottom };
  return {
    subformat: head.toString('latin1', 3, 6),
    stored,
    color: 'rgb',
    bitDepth: 8,
    hasAlpha: found.isTransparent,
    frames: found.frames,
    ...(found.frames > 1 && found.durationMs > 0 && { durationMs: found.durationMs }),
    decodeBytesPerPixel: 8,
    notes:
      found.right > stored.width || found.bottom > stored.height ? ['a frame lies outside the screen'] : [],
  };
}

async function walkBlocks(file: HeaderReader, start: number): Promise<Findings> {
  const found: Findings = { frames: 0, isTransparent: false, durationMs: 0, right: 0, bottom: 0 };
  const walk = new Walk(file, start);
  for (let blocks = 0; walk.has(1) || (await walk.fetch(1)); blocks += 1) {
    if (blocks > maxBlocks) {
      throw new PermanentFailure('too-many-frames', `a GIF of more than ${maxBlocks} blocks`);
    }
    if (walk.has(10) || (await walk.fetch(10))) {
      if (!readBlock(walk, found)) return found;
    } else if (walk.uint8(0) === 0x21 && (walk.has(2) || (await walk.fetch(2)))) {
      walk.skip(2);
    } else {
      return found;
    }
    await skipSubBlocks(walk);
  }
  return found;
}

/** An extension's or a picture's fields, up to its sub-blocks. False for the trailer, and for bytes that no decoder reads on from. */
function readBlock(walk: Walk, found: Findings): boolean {
  const kind = walk.uint8(0);
  if (kind === 0x21) {
    if (walk.uint8(1) === 0xf9) {
      found.isTransparent ||= (walk.uint8(3) & 1) === 1;
      found.durationMs += walk.uint16LE(4) * 10;
    }
    walk.skip(2);
    return true;
  }
  if (kind !== 0x2c) return false;
  found.frames += 1;
  found.right = Math.max(found.right, walk.uint16LE(1) + walk.uint16LE(5));
  found.bottom = Math.max(found.bottom, walk.uint16LE(3) + walk.uint16LE(7));
  walk.skip(11 + paletteBytes(walk.uint8(9)));
  return true;
}

async function skipSubBlocks(walk: Walk): Promise<void> {
  while (walk.has(1) || (await walk.fetch(1))) {
    const length = walk.uint8(0);
    walk.skip(1 + length);
    if (length === 0) return;
  }
}

function paletteBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}
