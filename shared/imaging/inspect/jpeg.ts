// The JPEG header: markers up to the first scan (ITU-T T.81, annex B).

import { PermanentFailure } from '../../domain/errors.ts';
import type { HeaderReader, Inspection, MetadataBlocks } from './inspection.ts';
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

/** Segments and stray bytes before the first scan; cameras write under a hundred. */
const maxSteps = 20_000;

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

const colors: Readonly<Record<number, Inspection['color']>> = { 1: 'gray', 3: 'rgb', 4: 'cmyk' };

export async function inspectJpeg(file: HeaderReader): Promise<Inspection> {
  const blocks: MetadataBlocks = {};
  const iccChunks: Buffer[] = [];
  let frame: Frame | undefined;
  let density: number | undefined;
  for await (const { marker, body } of segments(file)) {
    if (isFrame(marker)) frame ??= frameOf(marker, body);
    else if (marker === 0xe0 && startsWith(body, 'JFIF\0')) density = jfifDensity(body);
    else if (marker === 0xe1 && startsWith(body, exifPrefix))
      blocks.exif ??= body.subarray(exifPrefix.length);
    else if (marker === 0xe1 && startsWith(body, xmpPrefix)) blocks.xmp ??= body.subarray(xmpPrefix.length);
    else if (marker === 0xe2 && startsWith(body, iccPrefix)) iccChunks.push(body.subarray(iccPrefix.length));
    else if (marker === 0xed && startsWith(body, photoshopPrefix)) {
      const iptc = iptcOfPhotoshop(body.subarray(photoshopPrefix.length));
      if (iptc !== undefined) blocks.iptc ??= iptc;
    }
  }
  if (frame === undefined) throw new PermanentFailure('corrupt-image', 'a JPEG without a frame header');
  const icc = joinIccChunks(iccChunks);
  return {
    ...blocks,
    ...(icc === undefined ? {} : { icc }),
    ...describe(frame),
    ...(density === undefined ? {} : { density }),
    notes: iccChunks.length > 0 && icc === undefined ? ['the color profile is incomplete'] : [],
  };
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
async function* segments(file: HeaderReader): AsyncGenerator<{ marker: number; body: Buffer }> {
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
      const keeps = isFrame(marker) || (marker >= 0xe0 && marker <= 0xed);
      if (keeps) yield { marker, body: await file.bytes(at + 4, Math.max(0, length - 2)) };
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

function startsWith(body: Buffer, prefix: string): boolean {
  return body.toString('latin1', 0, prefix.length) === prefix;
}
