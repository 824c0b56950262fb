// The WebP container: RIFF chunks, of which the picture data is stepped over (RFC 9649).

import { PermanentFailure } from '../../domain/errors.ts';
import { maxMetadataBytes } from './budget.ts';
import type { Dimensions } from './geometry.ts';
import { BufferHeaderReader, type HeaderReader } from './header-reader.ts';
import type { Header } from './inspection.ts';

/** Far more frames than are ever accepted; bounds the walk through a file of empty chunks. */
const maxChunks = 100_000;
const alphaFlag = 0x10;

const metadataChunks: ReadonlyMap<string, 'exif' | 'xmp' | 'icc'> = new Map([
  ['EXIF', 'exif'],
  ['XMP ', 'xmp'],
  ['ICCP', 'icc'],
]);

interface Findings {
  exif?: Buffer;
  xmp?: Buffer;
  icc?: Buffer;
  canvas?: Dimensions;
  picture?: Dimensions;
  hasAlpha: boolean;
  isLossless: boolean;
  animationFrames: number;
  durationMs: number;
  notes: string[];
}

export async function inspectWebp(file: HeaderReader): Promise<Header> {
  const findings: Findings = {
    hasAlpha: false,
    isLossless: false,
    animationFrames: 0,
    durationMs: 0,
    notes: [],
  };
  let at = 12;
  for (let count = 0; at + 8 <= file.byteLength; count += 1) {
    if (count >= maxChunks) {
      findings.notes.push('a WebP of very many chunks: those at its end were not read');
      break;
    }
    const head = await file.bytes(at, 8);
    const length = head.readUInt32LE(4);
    await read(head.toString('latin1', 0, 4), file, at + 8, length, findings);
    at += 8 + length + (length % 2);
  }
  const { canvas, picture, hasAlpha, isLossless, animationFrames, durationMs, exif, ...blocks } = findings;
  const stored = canvas ?? picture;
  if (stored === undefined) throw new PermanentFailure('corrupt-image', 'a WebP without a picture');
  return {
    ...blocks,
    ...(exif !== undefined && { exif: new BufferHeaderReader(withoutPrefix(exif)) }),
    subformat: animationFrames > 0 ? 'animated' : isLossless ? 'lossless' : 'lossy',
    stored,
    color: 'rgb',
    bitDepth: 8,
    hasAlpha,
    frames: Math.max(1, animationFrames),
    ...(durationMs > 0 && { durationMs }),
    // Lossy pictures are scaled as they are decoded; lossless ones and animations need their whole canvas.
    decodeBytesPerPixel: animationFrames > 0 ? 8 : isLossless ? 4 : 0.5,
  };
}

async function read(
  type: string,
  file: HeaderReader,
  at: number,
  length: number,
  into: Findings,
): Promise<void> {
  if (type === 'VP8X') {
    const body = await file.bytes(at, 10);
    into.canvas = { width: 1 + body.readUIntLE(4, 3), height: 1 + body.readUIntLE(7, 3) };
    into.hasAlpha ||= (body.readUInt8(0) & alphaFlag) !== 0;
  } else if (type === 'VP8 ') {
    const body = await file.bytes(at, 10);
    into.picture ??= { width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff };
  } else if (type === 'VP8L') {
    const bits = (await file.bytes(at, 5)).readUInt32LE(1);
    into.picture ??= { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    into.isLossless = true;
    // Within the extended format the VP8X flag says it, and this bit is only a hint.
    if (into.canvas === undefined) into.hasAlpha = (bits & 0x1000_0000) !== 0;
  } else if (type === 'ANMF') {
    into.animationFrames += 1;
    into.durationMs += (await file.bytes(at + 12, 3)).readUIntLE(0, 3);
  } else {
    await keepMetadata(type, file, at, length, into);
  }
}

/** Of each kind the first counts. */
async function keepMetadata(type: string, file: HeaderReader, at: number, length: number, into: Findings) {
  const kind = metadataChunks.get(type);
  if (kind === undefined || into[kind] !== undefined) return;
  if (length > maxMetadataBytes || at + length > file.byteLength) {
    into.notes.push(`the ${type.trim()} chunk was left out: it is too long`);
    return;
  }
  into[kind] = await file.bytes(at, length);
}

/** Some writers keep what precedes the block in a JPEG. */
function withoutPrefix(exif: Buffer): Buffer {
  return exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif;
}
