// The PNG header and its metadata chunks, on both sides of the picture data (PNG, third edition).

import { inflateSync } from 'node:zlib';
import { PermanentFailure } from '../../domain/errors.ts';
import type { HeaderReader, Inspection, MetadataBlocks } from './inspection.ts';
import { type PngText, pngText } from './png-text.ts';

/** What compressed metadata may grow to. Real profiles and packets stay below; bombs do not. */
export const maxInflatedBytes = 4 * 1024 * 1024;
/** Chunks beside picture data that are looked at. */
const maxChunks = 20_000;

const colorTypes: Readonly<
  Record<
    number,
    {
      readonly color: Inspection['color'];
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

/** What the chunks after IHDR add up to. */
interface Findings extends MetadataBlocks {
  frames: number;
  durationMs: number;
  isTransparent: boolean;
  statesSrgb: boolean;
  density?: number;
  gamma?: number;
  codePoints?: NonNullable<Inspection['codePoints']>;
  notes: string[];
}

export async function inspectPng(file: HeaderReader): Promise<Inspection> {
  const header = await file.bytes(8, 25);
  if (header.toString('latin1', 4, 8) !== 'IHDR' || header.readUInt32BE(0) !== 13) {
    throw new PermanentFailure('corrupt-image', 'a PNG that does not start with its header');
  }
  const type = colorTypes[header.readUInt8(17)];
  const bitDepth = header.readUInt8(16);
  const stored = { width: header.readUInt32BE(8), height: header.readUInt32BE(12) };
  if (type === undefined || stored.width === 0 || stored.height === 0) {
    throw new PermanentFailure('corrupt-image', 'a PNG of no defined kind');
  }
  const findings: Findings = { frames: 1, durationMs: 0, isTransparent: false, statesSrgb: false, notes: [] };
  for await (const chunk of chunks(file)) read(chunk.type, chunk.body, findings);
  const { isTransparent, statesSrgb, gamma, durationMs, ...found } = findings;
  const isInterlaced = header[20] === 1;
  const bytesPerPixel = Math.max(1, bitDepth / 8) * type.channels;
  return {
    ...found,
    subformat: `${type.name}${isInterlaced ? ', interlaced' : ''}`,
    stored,
    color: type.color,
    bitDepth,
    hasAlpha: type.alpha || isTransparent,
    ...(durationMs > 0 ? { durationMs } : {}),
    ...(gamma !== undefined && !statesSrgb ? { gamma } : {}),
    // Interlacing spreads every row over seven passes: the whole picture has to be kept.
    decodeBytesPerPixel: isInterlaced ? bytesPerPixel : 0.5,
  };
}

/** Chunks other than IHDR and picture data, up to IEND. */
async function* chunks(file: HeaderReader): AsyncGenerator<{ type: string; body: Buffer }> {
  let at = 33;
  for (let count = 0; at + 8 <= file.byteLength && count < maxChunks; count += 1) {
    const head = await file.bytes(at, 8);
    const length = head.readUInt32BE(0);
    const type = head.toString('latin1', 4);
    if (type === 'IEND') return;
    // A chunk that runs past the end is damage for the decoder to report; nothing can follow it.
    if (at + 8 + length > file.byteLength) return;
    if (type !== 'IDAT' && type !== 'fdAT') yield { type, body: await file.bytes(at + 8, length) };
    at += 12 + length;
  }
}

function read(type: string, body: Buffer, into: Findings): void {
  try {
    chunkReaders[type]?.(body, into);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    into.notes.push(`the ${type} chunk was left out: ${reason}`);
  }
}

const chunkReaders: Readonly<Record<string, (body: Buffer, into: Findings) => void>> = {
  tRNS: (_, into) => {
    into.isTransparent = true;
  },
  sRGB: (_, into) => {
    into.statesSrgb = true;
  },
  acTL: (body, into) => {
    into.frames = Math.max(1, body.readUInt32BE(0));
  },
  fcTL: (body, into) => {
    into.durationMs += (body.readUInt16BE(20) * 1000) / (body.readUInt16BE(22) || 100);
  },
  pHYs: (body, into) => {
    const pixelsPerMeter = body.readUInt32BE(0);
    if (body.readUInt8(8) === 1 && pixelsPerMeter > 0) into.density = Math.round(pixelsPerMeter * 0.0254);
  },
  gAMA: (body, into) => {
    into.gamma = body.readUInt32BE(0);
  },
  cICP: (body, into) => {
    into.codePoints = { primaries: body.readUInt8(0), transfer: body.readUInt8(1) };
  },
  iCCP: (body, into) => {
    const nameEnd = body.indexOf(0);
    into.icc = inflateSync(body.subarray(nameEnd + 2), { maxOutputLength: maxInflatedBytes });
  },
  eXIf: (body, into) => {
    into.exif ??= body;
  },
  tEXt: (body, into) => keep(pngText('tEXt', body), into),
  zTXt: (body, into) => keep(pngText('zTXt', body), into),
  iTXt: (body, into) => keep(pngText('iTXt', body), into),
};

function keep(text: PngText, into: Findings): void {
  if (text.exif !== undefined) into.exif ??= text.exif;
  if (text.xmp !== undefined) into.xmp ??= text.xmp;
  if (text.iptc !== undefined) into.iptc ??= text.iptc;
}
