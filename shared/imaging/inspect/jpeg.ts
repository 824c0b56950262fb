// The JPEG header: markers up to the first scan (ITU-T T.81, annex B).

import { PermanentFailure } from '../../domain/errors.ts';
import { BufferHeaderReader, type HeaderReader } from './header-reader.ts';
import type { Header } from './inspection.ts';
import { iptcOfPhotoshop } from './photoshop.ts';

interface Frame {
  readonly marker: number;
  readonly bitDepth: number;
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Samples of all components per pixel: 1.5 for 4:2:0, 3 for 4:4:4. */
  readonly samplesPerPixel: number;
}

interface Findings {
  frame?: Frame;
  readonly iccChunks: Buffer[];
  density?: number;
  exif?: Buffer;
  xmp?: Buffer;
  iptc?: Buffer;
  photoshopSegments: number;
  readonly notes: string[];
}

/** Segments and stray bytes before the first scan; cameras write under a hundred. */
const maxSteps = 20_000;

/** The number of chunks is one byte: https://www.color.org/specification/ICC.1-2022-05.pdf, annex B.4. */
const maxIccChunks = 255;
/** Segments of Photoshop's that are searched for IPTC: it lies in the first, or the second. */
const maxPhotoshopSegments = 16;
const keptMarkers: ReadonlySet<number> = new Set([0xe0, 0xe1, 0xe2, 0xed]);

const jfifPrefix = 'JFIF\0';
const exifPrefix = 'Exif\0\0';
const xmpPrefix = 'http://ns.adobe.com/xap/1.0/\0';
const iccPrefix = 'ICC_PROFILE\0';
const photoshopPrefix = 'Photoshop 3.0\0';

/** Frame markers that the decoder has, and what they are called. */
const subformats: Readonly<Record<number, string>> = {
  192: 'baseline',
  193: 'extended',
  194: 'progressive',
  201: 'arithmetic',
  202: 'progressive arithmetic',
};

const colors: Readonly<Record<number, Header['color']>> = { 1: 'gray', 3: 'rgb', 4: 'cmyk' };

export async function inspectJpeg(file: HeaderReader): Promise<Header> {
  const findings: Findings = { iccChunks: [], photoshopSegments: 0, notes: [] };
  await readSegments(file, findings);
  const { frame, iccChunks, density, exif, xmp, iptc, notes } = findings;
  if (frame === undefined) throw new PermanentFailure('corrupt-image', 'a JPEG without a frame header');
  const icc = joinIccChunks(iccChunks);
  if (iccChunks.length > 0 && icc === undefined) notes.push('the color profile is incomplete');
  return {
    ...(exif !== undefined && { exif: new BufferHeaderReader(exif) }),
    ...(xmp !== undefined && { xmp }),
    ...(iptc !== undefined && { iptc }),
    ...(icc !== undefined && { icc }),
    ...describe(frame),
    ...(density !== undefined && { density }),
    notes,
  };
}

/** Keeps what a segment holds; of each kind of metadata the first counts. */
function keep(marker: number, body: Buffer, into: Findings): void {
  const startsWith = (prefix: string) => body.toString('latin1', 0, prefix.length) === prefix;
  const behind = (prefix: string) => body.subarray(prefix.length);
  if (isFrame(marker)) into.frame ??= frameOf(marker, body);
  else if (marker === 0xe0 && startsWith(jfifPrefix)) {
    const density = jfifDensity(body);
    if (density !== undefined) into.density = density;
  } else if (marker === 0xe1 && startsWith(exifPrefix)) into.exif ??= behind(exifPrefix);
  else if (marker === 0xe1 && startsWith(xmpPrefix)) into.xmp ??= behind(xmpPrefix);
  else if (marker === 0xe2 && startsWith(iccPrefix)) {
    if (into.iccChunks.length < maxIccChunks) into.iccChunks.push(behind(iccPrefix));
  } else if (marker === 0xed && startsWith(photoshopPrefix) && into.iptc === undefined) {
    into.photoshopSegments += 1;
    if (into.photoshopSegments > maxPhotoshopSegments) return;
    const iptc = iptcOfPhotoshop(behind(photoshopPrefix));
    if (iptc !== undefined) into.iptc = iptc;
  }
}

function describe(frame: Frame) {
  const subformat = subformats[frame.marker];
  const color = colors[frame.components];
  if (subformat === undefined || frame.bitDepth !== 8 || color === undefined) {
    const what = `${frame.bitDepth}-bit JPEG of kind SOF${frame.marker - 0xc0} with ${frame.components} components`;
    throw new PermanentFailure('unsupported-format', `${what} is not accepted`);
  }
  if (frame.width === 0 || frame.height === 0) {
    throw new PermanentFailure('corrupt-image', 'a JPEG that does not state its height');
  }
  const isProgressive = subformat.startsWith('progressive');
  return {
    subformat,
    color,
    isProgressive,
    stored: { width: frame.width, height: frame.height },
    bitDepth: frame.bitDepth,
    hasAlpha: false,
    frames: 1,
    // Progressive decoding keeps every coefficient: two bytes a sample.
    decodeBytesPerPixel: isProgressive ? frame.samplesPerPixel * 2 : 0.1,
  } as const;
}

/** Every segment up to the first scan. Bytes between segments are skipped, as decoders do. */
async function readSegments(file: HeaderReader, into: Findings): Promise<void> {
  let at = 2;
  for (let steps = 0; at + 4 <= file.byteLength; steps += 1) {
    if (steps > maxSteps) throw new PermanentFailure('corrupt-image', 'a JPEG header without end');
    const head = await file.bytes(at, 4);
    const marker = head.readUInt8(1);
    const isMarker = head[0] === 0xff && marker !== 0 && marker !== 0xff;
    if (!isMarker) {
      at += 1;
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
    } else if (marker === 0xda || marker === 0xd9) {
      return;
    } else {
      const length = head.readUInt16BE(2);
      const isKept = isFrame(marker) || keptMarkers.has(marker);
      if (isKept) keep(marker, await file.bytes(at + 4, Math.max(0, length - 2)), into);
      at += 2 + Math.max(2, length);
    }
  }
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function frameOf(marker: number, body: Buffer): Frame {
  const components = body.readUInt8(5);
  const factors = Array.from({ length: components }, (_, index) => {
    const sampling = body.readUInt8(7 + index * 3);
    return (sampling >> 4) * (sampling & 15);
  });
  const samples = factors.reduce((sum, factor) => sum + factor, 0);
  return {
    marker,
    bitDepth: body.readUInt8(0),
    height: body.readUInt16BE(1),
    width: body.readUInt16BE(3),
    components,
    samplesPerPixel: samples / Math.max(1, ...factors),
  };
}

/** The chunks in their stated order; undefined when one is missing. */
function joinIccChunks(chunks: readonly Buffer[]): Buffer | undefined {
  const [first] = chunks;
  if (first === undefined || first.length < 2) return undefined;
  const parts = Array.from({ length: first.readUInt8(1) }, (_, index) =>
    chunks.find((chunk) => chunk[0] === index + 1)?.subarray(2),
  );
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length && parts.length > 0 ? Buffer.concat(known) : undefined;
}

function jfifDensity(body: Buffer): number | undefined {
  const unit = body[7];
  const value = body.length >= 10 ? body.readUInt16BE(8) : 0;
  if (value === 0) return undefined;
  if (unit === 1) return value;
  return unit === 2 ? Math.round(value * 2.54) : undefined;
}
