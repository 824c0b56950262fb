// What a file is, by its first bytes alone. What is not accepted is refused by name.

import { PermanentFailure } from '../../domain/errors.ts';
import type { SourceFormat } from '../../domain/formats.ts';
import type { HeaderReader } from './header-reader.ts';
import { sequenceName } from './heif-brands.ts';
import { formatBeginning } from './readers.ts';

const sniffedBytes = 4096;
/** What the first read fetches anyway. */
const namedBytes = 64 * 1024;

/** @throws {PermanentFailure} `unsupported-format`, naming what it is where that can be told */
export async function sniff(file: HeaderReader): Promise<SourceFormat> {
  if (file.byteLength === 0) throw new PermanentFailure('unsupported-format', 'the file is empty');
  const start = await file.bytes(0, Math.min(sniffedBytes, file.byteLength));
  const format = formatBeginning(start);
  if (format === undefined || (format === 'tiff' && (await isCameraRaw(file)))) {
    throw new PermanentFailure('unsupported-format', `${await nameOf(file, start)} is not accepted`);
  }
  return format;
}

/** Camera raw is TIFF with a preview in it: a TIFF decoder would develop the preview. */
async function isCameraRaw(file: HeaderReader): Promise<boolean> {
  const type = await named(file);
  return type !== undefined && type.mime !== 'image/tiff';
}

async function nameOf(file: HeaderReader, start: Buffer): Promise<string> {
  const sequence = sequenceName(start);
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
