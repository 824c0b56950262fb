// The text of an SVG file: inflated when gzipped, decoded by its byte order mark, never longer than allowed.

import { gunzipSync } from 'node:zlib';
import { PermanentFailure } from '../../../domain/errors.ts';

const maxTextBytes = 16 * 1024 * 1024;

export function isGzip(file: Uint8Array): boolean {
  return file[0] === 0x1f && file[1] === 0x8b;
}

/** @throws {PermanentFailure} when it is too long or the gzip is damaged */
export function svgText(file: Uint8Array): string {
  const bytes = isGzip(file) ? inflate(file) : file;
  if (bytes.byteLength > maxTextBytes) {
    throw new PermanentFailure('too-expensive', `an SVG of more than ${maxTextBytes} bytes of text`);
  }
  return decoderFor(bytes).decode(bytes);
}

/** True where text, after its prologue, opens with an `svg` element: markup that merely contains one is not SVG. */
export function opensWithSvg(text: string): boolean {
  const prologue =
    /^\uFEFF?(?:\s|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE\s+(?:svg:)?svg[^[>]*(?:\[[^\]]*\]\s*)?>)*/i;
  const rest = text.slice(prologue.exec(text)?.[0].length ?? 0);
  return /^<(?:[\w-]+:)?svg[\s/>]/.test(rest);
}

function inflate(file: Uint8Array): Buffer {
  try {
    return gunzipSync(file, { maxOutputLength: maxTextBytes });
  } catch (error) {
    const isTooLong = error instanceof RangeError;
    const [code, what] = isTooLong
      ? (['too-expensive', `more than ${maxTextBytes} bytes of text`] as const)
      : (['corrupt-image', 'damaged gzip'] as const);
    throw new PermanentFailure(code, `an SVG of ${what}`, { cause: error });
  }
}

function decoderFor(bytes: Uint8Array) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be');
  return new TextDecoder('utf-8');
}
