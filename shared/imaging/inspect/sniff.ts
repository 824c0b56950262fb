// What a file is, by its first bytes alone. What is not accepted is refused by name.

import { PermanentFailure } from '../../domain/errors.ts';
import type { SourceFormat } from '../../domain/formats.ts';
import type { HeaderReader } from './header-reader.ts';
import { opensWithSvg } from './svg/text.ts';

const sniffedBytes = 4096;
/** What the first read fetches anyway. */
const namedBytes = 64 * 1024;

const heicBrands = new Set(['heic', 'heix', 'heim', 'heis']);
const avifBrands = new Set(['avif']);

/** Films of pictures, told by their major brand: no decoder here plays them, and their still picture need not be one of theirs. */
const sequences: ReadonlyMap<string, string> = new Map([
  ['avis', 'an animated AVIF'],
  ...['hevc', 'hevx', 'hevm', 'hevs'].map((brand) => [brand, 'an animated HEIC'] as const),
]);

/** @throws {PermanentFailure} `unsupported-format`, naming what it is where that can be told */
export async function sniff(file: HeaderReader): Promise<SourceFormat> {
  if (file.byteLength === 0) throw new PermanentFailure('unsupported-format', 'the file is empty');
  const start = await file.bytes(0, Math.min(sniffedBytes, file.byteLength));
  const format = signatureOf(start) ?? (opensWithSvg(start) ? 'svg' : undefined);
  if (format === undefined || (format === 'tiff' && (await isCameraRaw(file)))) {
    throw new PermanentFailure('unsupported-format', `${await nameOf(file, start)} is not accepted`);
  }
  return format;
}

function signatureOf(start: Buffer): SourceFormat | undefined {
  const text = start.toString('latin1', 0, 16);
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'gif';
  if (/^(?:II[*+]\0|MM\0[*+])/.test(text)) return 'tiff';
  return isBoxed(start) ? heifOf(start) : undefined;
}

function isBoxed(start: Buffer): boolean {
  return start.toString('latin1', 4, 8) === 'ftyp';
}

function majorBrand(start: Buffer): string {
  return start.toString('latin1', 8, 12);
}

/** The major brand decides; behind the neutral `mif1` the first compatible brand that says which codec. */
function heifOf(start: Buffer): SourceFormat | undefined {
  const length = Math.min(start.readUInt32BE(0), start.length, 256);
  const major = majorBrand(start);
  const compatible = (start.toString('latin1', 16, Math.max(16, length)).match(/.{4}/gs) ?? []) as string[];
  const brands = major === 'mif1' || major === 'msf1' ? compatible : [major];
  for (const brand of brands) {
    if (avifBrands.has(brand)) return 'avif';
    if (heicBrands.has(brand)) return 'heic';
  }
  return undefined;
}

/** Camera raw is TIFF with a preview in it: a TIFF decoder would develop the preview. */
async function isCameraRaw(file: HeaderReader): Promise<boolean> {
  const type = await named(file);
  return type !== undefined && type.mime !== 'image/tiff';
}

async function nameOf(file: HeaderReader, start: Buffer): Promise<string> {
  const sequence = isBoxed(start) ? sequences.get(majorBrand(start)) : undefined;
  if (sequence !== undefined) return `${sequence} (an image sequence)`;
  const type = await named(file);
  return type === undefined ? 'a file of unknown type' : `a file of type ${type.mime}`;
}

/** Loaded only for what is refused or may be camera raw: ordinary pictures are told by their signature above. */
async function named(file: HeaderReader): Promise<{ mime: string } | undefined> {
  const { fileTypeFromBuffer } = await import('file-type/core');
  const bytes = await file.bytes(0, Math.min(file.byteLength, namedBytes));
  return fileTypeFromBuffer(bytes).catch(() => undefined);
}
