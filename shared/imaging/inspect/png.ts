// The PNG header and its metadata chunks, on both sides of the picture data (PNG, third edition).

import { PermanentFailure } from '../../domain/errors.ts';
import type { HeaderReader } from './header-reader.ts';
import type { Header } from './inspection.ts';
import { PngFindings } from './png-chunks.ts';

/** Of a file's chunks: picture data in pieces of half a kilobyte, and nothing in it that is larger. */
const maxChunks = 200_000;
/** Chunks that are looked into. Animations have one or two a frame. */
const maxReadChunks = 20_000;

const colorTypes: Readonly<
  Record<
    number,
    {
      readonly color: Header['color'];
      readonly channels: number;
      readonly alpha: boolean;
      readonly name: string;
    }
  >
> = {
  0: { color: 'gray', channels: 1, alpha: false, name: 'gray' },
  2: { color: 'rgb', channels: 3, alpha: false, name: 'truecolor' },
  3: { color: 'rgb', channels: 1, alpha: false, name: 'palette' },
  4: { color: 'gray', channels: 2, alpha: true, name: 'gray with alpha' },
  6: { color: 'rgb', channels: 4, alpha: true, name: 'truecolor with alpha' },
};

export async function inspectPng(file: HeaderReader): Promise<Header> {
  const header = await file.bytes(8, 25);
  if (header.toString('latin1', 4, 8) !== 'IHDR' || header.readUInt32BE(0) !== 13) {
    throw new PermanentFailure('corrupt-image', 'a PNG that does not start with its header');
  }
  const type = colorTypes[header.readUInt8(17)];
  const bitDepth = header.readUInt8(16);
  const stored = { width: header.readUInt32BE(8), height: header.readUInt32BE(12) };
  if (type === undefined || bitDepth === 0 || bitDepth > 16) {
    throw new PermanentFailure('corrupt-image', 'a PNG of no defined kind');
  }
  const findings = new PngFindings();
  await readChunks(file, findings);
  const isInterlaced = header[20] === 1;
  const bytesPerPixel = Math.max(1, bitDepth / 8) * type.channels;
  return {
    ...findings.header(),
    subformat: `${type.name}${isInterlaced ? ', interlaced' : ''}`,
    stored,
    color: type.color,
    bitDepth,
    hasAlpha: type.alpha || findings.isTransparent,
    // Interlacing spreads every row over seven passes: the whole picture has to be kept.
    decodeBytesPerPixel: isInterlaced ? bytesPerPixel : 0.5,
  };
}

/** Chunks other than IHDR and picture data, up to IEND. */
async function readChunks(file: HeaderReader, findings: PngFindings): Promise<void> {
  let at = 33;
  let looked = 0;
  for (let count = 0; at + 8 <= file.byteLength; count += 1) {
    const head = await file.bytes(at, 8);
    const length = head.readUInt32BE(0);
    const type = head.toString('latin1', 4);
    if (type === 'IEND') return;
    // A chunk that runs past the end is damage for the decoder to report; nothing can follow it.
    if (at + 8 + length > file.byteLength) return;
    if (count >= maxChunks || looked >= maxReadChunks) {
      findings.notes.push('a PNG of very many chunks: those at its end were not read');
      return;
    }
    if (findings.wants(type)) {
      looked += 1;
      await findings.read(type, file, at + 8, length);
    }
    at += 12 + length;
  }
}
