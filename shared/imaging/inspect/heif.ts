// AVIF and HEIC: the primary picture of a HEIF file, its properties and its metadata items.

import { PermanentFailure } from '../../domain/errors.ts';
import { type Box, boxHeader, boxOf, Cursor } from './boxes.ts';
import type { Dimensions } from './geometry.ts';
import type { HeaderReader } from './header-reader.ts';
import { type HeifTables, heifTables } from './heif-items.ts';
import { heifMetadata } from './heif-metadata.ts';
import type { Header } from './inspection.ts';

const maxMetaBytes = 4 * 1024 * 1024;
/** Boxes before the item tables: two or three in any file. */
const maxTopBoxes = 16;

export function inspectAvif(file: HeaderReader): Promise<Header> {
  // libvips and the AV1 decoder keep several copies of the whole picture, up to 16 bits a sample.
  return inspectHeif(file, 21);
}

export function inspectHeic(file: HeaderReader): Promise<Header> {
  // The WebAssembly decoder keeps planes, RGBA and one copy of that.
  return inspectHeif(file, 12.5);
}

async function inspectHeif(file: HeaderReader, decodeBytesPerPixel: number): Promise<Header> {
  const tables = heifTables(await metaBox(file));
  const properties = tables.propertiesOf(tables.primaryId);
  const ispe = boxOf(properties, 'ispe');
  if (ispe === undefined) throw new PermanentFailure('corrupt-image', 'a HEIF picture without dimensions');
  const stored = { width: ispe.readUInt32BE(4), height: ispe.readUInt32BE(8) };
  const transformed = transform(stored, properties);
  const bitDepth = bitDepthOf(tables);
  const { notes, ...metadata } = await heifMetadata(file, tables);
  const subformat = tables.items.find((item) => item.id === tables.primaryId)?.type;
  return {
    ...metadata,
    ...(subformat !== undefined && { subformat }),
    stored,
    transformed,
    ignoresExifOrientation: true,
    color: boxOf(properties, 'pixi')?.[4] === 1 ? 'gray' : 'rgb',
    ...(bitDepth !== undefined && { bitDepth }),
    hasAlpha: hasAlphaItem(tables),
    frames: 1,
    ...colorOf(tables),
    decodeBytesPerPixel,
    notes,
  };
}

async function metaBox(file: HeaderReader): Promise<Buffer> {
  let at = 0;
  for (let count = 0; at + 16 <= file.byteLength && count < maxTopBoxes; count += 1) {
    const { type, headerLength, length } = boxHeader(await file.bytes(at, 16), file.byteLength - at);
    if (type === 'meta') {
      if (length > maxMetaBytes) throw new PermanentFailure('corrupt-image', 'item tables of absurd length');
      return file.bytes(at + headerLength, length - headerLength);
    }
    at += length;
  }
  throw new PermanentFailure('unsupported-format', 'a HEIF file without a still picture is not accepted');
}

/** Clean aperture, rotation and mirroring, in the file's order. */
function transform(stored: Dimensions, properties: readonly Box[]): Dimensions {
  let current = stored;
  for (const { type, body } of properties) {
    if (type === 'clap') {
      const width = body.readUInt32BE(0) / Math.max(1, body.readUInt32BE(4));
      const height = body.readUInt32BE(8) / Math.max(1, body.readUInt32BE(12));
      current = {
        width: Math.min(current.width, Math.max(1, Math.round(width))),
        height: Math.min(current.height, Math.max(1, Math.round(height))),
      };
    } else if (type === 'irot' && ((body[0] ?? 0) & 1) === 1) {
      current = { width: current.height, height: current.width };
    }
  }
  return current;
}

/** Of the picture itself, or of the first tile it is put together from. */
function bitDepthOf(tables: HeifTables): number | undefined {
  const properties = [...tables.propertiesOf(tables.primaryId), ...firstTileProperties(tables)];
  const av1C = boxOf(properties, 'av1C');
  if (av1C !== undefined) {
    const isHigh = (av1C.readUInt8(2) & 0x40) !== 0;
    const isTwelve = (av1C.readUInt8(2) & 0x20) !== 0;
    return isHigh ? (isTwelve ? 12 : 10) : 8;
  }
  const hvcC = boxOf(properties, 'hvcC');
  if (hvcC !== undefined) return 8 + (hvcC.readUInt8(17) & 7);
  return boxOf(properties, 'pixi')?.[5];
}

function hasAlphaItem(tables: HeifTables): boolean {
  return tables.references
    .filter(({ type, to }) => type === 'auxl' && to.includes(tables.primaryId))
    .some(({ from }) => {
      const auxC = boxOf(tables.propertiesOf(from), 'auxC');
      const kind = auxC === undefined ? '' : new Cursor(auxC, 4).text();
      return kind.endsWith('auxiliary:alpha') || kind === 'urn:mpeg:hevc:2015:auxid:1';
    });
}

function firstTileProperties(tables: HeifTables): readonly Box[] {
  const tiles = tables.references.find(({ type, from }) => type === 'dimg' && from === tables.primaryId);
  const first = tiles?.to[0];
  return first === undefined ? [] : tables.propertiesOf(first);
}

/** The picture's own colors; where it states none, those of its tiles: iPhones of iOS 11 and 12 hang the profile there. */
function colorOf(tables: HeifTables): Pick<Header, 'icc' | 'codePoints'> {
  const own = statedColors(tables.propertiesOf(tables.primaryId));
  return Object.keys(own).length > 0 ? own : statedColors(firstTileProperties(tables));
}

function statedColors(properties: readonly Box[]): Pick<Header, 'icc' | 'codePoints'> {
  const found: { icc?: Buffer; codePoints?: NonNullable<Header['codePoints']> } = {};
  for (const { type, body } of properties) {
    if (type !== 'colr') continue;
    const kind = body.toString('latin1', 0, 4);
    if (kind === 'prof' || kind === 'rICC') found.icc ??= body.subarray(4);
    if (kind === 'nclx') {
      found.codePoints ??= { primaries: body.readUInt16BE(4), transfer: body.readUInt16BE(6) };
    }
  }
  return found;
}
