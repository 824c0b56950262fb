// The name an ICC profile gives itself (ICC.1:2022, clauses 9.2.41, 10.15; version 2 profiles: textDescriptionType).

import { cleanText } from './text.ts';

/** More than is ever kept of a name. */
const maxNameBytes = 2048;

/** Undefined when the profile has none or is broken. */
export function iccDescription(icc: Buffer): string | undefined {
  try {
    const tag = descriptionTag(icc);
    if (tag === undefined) return undefined;
    const kind = tag.toString('latin1', 0, 4);
    if (kind === 'desc') {
      const length = Math.min(tag.readUInt32BE(8), maxNameBytes);
      return cleanText(tag.toString('latin1', 12, 12 + length));
    }
    return kind === 'mluc' ? cleanText(localized(tag)) : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function descriptionTag(icc: Buffer): Buffer | undefined {
  const count = Math.min(icc.readUInt32BE(128), 100);
  for (let at = 132; at < 132 + 12 * count; at += 12) {
    if (icc.toString('latin1', at, at + 4) === 'desc') {
      const offset = icc.readUInt32BE(at + 4);
      return icc.subarray(offset, offset + icc.readUInt32BE(at + 8));
    }
  }
  return undefined;
}

/** English where there is some, else the first language. */
function localized(tag: Buffer): string {
  const count = Math.min(tag.readUInt32BE(8), 100);
  const records = Array.from({ length: count }, (_, index) => 16 + 12 * index);
  const record = records.find((at) => tag.toString('latin1', at, at + 2) === 'en') ?? 16;
  const offset = tag.readUInt32BE(record + 8);
  const length = Math.min(tag.readUInt32BE(record + 4), maxNameBytes);
  const text = Buffer.from(tag.subarray(offset, offset + length));
  return text
    .subarray(0, text.length - (text.length % 2))
    .swap16()
    .toString('utf16le');
}
