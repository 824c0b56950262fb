// Metadata inside PNG text chunks: XMP in iTXt, and the "raw profiles" that ImageMagick writes as hexadecimal text.

import { inflateSync } from 'node:zlib';
import type { MetadataBlocks } from './inspection.ts';
import { iptcOfPhotoshop } from './photoshop.ts';

export type PngText = Pick<MetadataBlocks, 'exif' | 'xmp' | 'iptc'>;

const xmpKeyword = 'XML:com.adobe.xmp';
const maxTextBytes = 4 * 1024 * 1024;

/** The metadata of one text chunk; nothing for ordinary text, which is not even inflated. */
export function pngText(kind: 'tEXt' | 'zTXt' | 'iTXt', body: Buffer): PngText {
  const keywordEnd = body.indexOf(0);
  const keyword = body.toString('latin1', 0, keywordEnd);
  if (keyword !== xmpKeyword && !keyword.startsWith('Raw profile type ')) return {};
  const text = textOf(kind, body, keywordEnd + 1);
  if (keyword === xmpKeyword) return { xmp: text };
  return rawProfile(keyword.slice('Raw profile type '.length), text);
}

function textOf(kind: 'tEXt' | 'zTXt' | 'iTXt', body: Buffer, at: number): Buffer {
  if (kind === 'tEXt') return body.subarray(at);
  if (kind === 'zTXt') return inflate(body.subarray(at + 1));
  const isCompressed = body[at] === 1;
  const languageEnd = body.indexOf(0, at + 2);
  const text = body.subarray(body.indexOf(0, languageEnd + 1) + 1);
  return isCompressed ? inflate(text) : text;
}

function inflate(deflated: Buffer): Buffer {
  return inflateSync(deflated, { maxOutputLength: maxTextBytes });
}

/** `\nname\n   length\nhex…`, the hex in lines. */
function rawProfile(name: string, text: Buffer): PngText {
  const [, , ...lines] = text.toString('latin1').trimStart().split('\n');
  const bytes = Buffer.from(lines.join('').replaceAll(/\s/g, ''), 'hex');
  if (name === 'exif' || name === 'APP1') {
    if (bytes.toString('latin1', 0, 6) === 'Exif\0\0') return { exif: bytes.subarray(6) };
    return name === 'exif' ? { exif: bytes } : {};
  }
  if (name === 'xmp') return { xmp: bytes };
  if (name !== 'iptc') return {};
  const iptc = iptcOfPhotoshop(bytes) ?? bytes;
  return { iptc };
}
