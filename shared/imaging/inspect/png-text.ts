// Metadata inside PNG text chunks: XMP in iTXt, and the "raw profiles" that ImageMagick writes as hexadecimal text.

import type { InflateBudget } from './budget.ts';
import { iptcOfPhotoshop } from './photoshop.ts';

export interface PngText {
  readonly exif?: Buffer;
  readonly xmp?: Buffer;
  readonly iptc?: Buffer;
}

type Kind = keyof PngText;
export type PngTextType = 'tEXt' | 'zTXt' | 'iTXt';

const xmpKeyword = 'XML:com.adobe.xmp';
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  [xmpKeyword, 'xmp'],
  ['Raw profile type xmp', 'xmp'],
  ['Raw profile type exif', 'exif'],
  ['Raw profile type APP1', 'exif'],
  ['Raw profile type iptc', 'iptc'],
]);

/** A keyword has 79 bytes at most, and ends in a zero byte. */
export const keywordBytes = 80;

export function isPngTextType(type: string): type is PngTextType {
  return type === 'tEXt' || type === 'zTXt' || type === 'iTXt';
}

/** What a text chunk may hold that is not known yet; undefined for ordinary text, which is not even inflated. */
export function wantedProfile(start: Buffer, known: PngText): Kind | undefined {
  const kind = kinds.get(keywordOf(start));
  return kind === undefined || known[kind] !== undefined ? undefined : kind;
}

/** The metadata of one text chunk. @throws {Error} when it is damaged, or beyond the budget */
export function pngText(type: PngTextType, body: Buffer, budget: InflateBudget): PngText {
  const keyword = keywordOf(body);
  const text = textOf(type, body, Buffer.byteLength(keyword, 'latin1') + 1, budget);
  if (keyword === xmpKeyword) return { xmp: text };
  return rawProfile(keyword, text);
}

function keywordOf(body: Buffer): string {
  const end = body.subarray(0, keywordBytes).indexOf(0);
  return end === -1 ? '' : body.toString('latin1', 0, end);
}

function textOf(type: PngTextType, body: Buffer, at: number, budget: InflateBudget): Buffer {
  if (type === 'tEXt') return body.subarray(at);
  if (type === 'zTXt') return budget.inflate(body.subarray(at + 1));
  const isCompressed = body[at] === 1;
  const languageEnd = body.indexOf(0, at + 2);
  const text = body.subarray(body.indexOf(0, languageEnd + 1) + 1);
  return isCompressed ? budget.inflate(text) : text;
}

/** `\nname\n   length\nhex…`, the hex in lines. */
function rawProfile(keyword: string, text: Buffer): PngText {
  const trimmed = text.toString('latin1').trimStart();
  const hexAt = trimmed.indexOf('\n', trimmed.indexOf('\n') + 1);
  if (hexAt === -1) return {};
  const bytes = Buffer.from(trimmed.slice(hexAt).replaceAll(/\s+/g, ''), 'hex');
  const isPrefixed = bytes.toString('latin1', 0, 6) === 'Exif\0\0';
  if (keyword === 'Raw profile type exif') return { exif: isPrefixed ? bytes.subarray(6) : bytes };
  if (keyword === 'Raw profile type APP1') return isPrefixed ? { exif: bytes.subarray(6) } : {};
  if (keyword === 'Raw profile type xmp') return { xmp: bytes };
  return { iptc: iptcOfPhotoshop(bytes) ?? bytes };
}
