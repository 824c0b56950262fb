// The text of an SVG file: inflated when gzipped, decoded by its byte order mark, never longer than allowed.

import { constants, gunzipSync } from 'node:zlib';
import { PermanentFailure } from '../../../domain/errors.ts';

export const maxSvgTextBytes = 8 * 1024 * 1024;

/** Of the text, in which it has to open. */
const openingBytes = 4096;

export function isGzip(file: Uint8Array): boolean {
  return file[0] === 0x1f && file[1] === 0x8b;
}

/** @throws {PermanentFailure} when it is too long or the gzip is damaged */
export function svgText(file: Uint8Array): string {
  const bytes = isGzip(file) ? inflate(file) : file;
  if (bytes.byteLength > maxSvgTextBytes) {
    throw new PermanentFailure('too-expensive', `an SVG of more than ${maxSvgTextBytes} bytes of text`);
  }
  return decoderFor(bytes).decode(bytes);
}

/**
 * True where a file's start, after its prologue, opens with an `svg` element: markup that merely contains one is not SVG.
 * @param start gzipped or not; what does not open within it is not SVG
 */
export function opensWithSvg(start: Uint8Array): boolean {
  const bytes = isGzip(start) ? inflatedStart(start) : start;
  const text = decoderFor(bytes).decode(bytes);
  return /^<(?:[\w-]+:)?svg[\s/>]/.test(text.slice(prologueLength(text)));
}

/** Byte order mark, declaration, comments, processing instructions, a document type that names `svg`. */
function prologueLength(text: string): number {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  for (;;) {
    const from = at;
    while (/\s/.test(text.charAt(at))) at += 1;
    if (text.startsWith('<?', at)) at = behind(text, '?>', at);
    else if (text.startsWith('<!--', at)) at = behind(text, '-->', at);
    else if (/^<!DOCTYPE\s+(?:svg:)?svg\b/i.test(text.slice(at, at + 64))) at = behindDoctype(text, at);
    if (at === from) return at;
  }
}

/** With or without an internal subset; whether one is allowed is for the parser to say. */
function behindDoctype(text: string, from: number): number {
  const subset = text.indexOf('[', from);
  const end = behind(text, '>', from);
  return subset === -1 || subset > end ? end : behind(text, '>', behind(text, ']', subset));
}

function behind(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}

/** As far as these bytes go: what a few kilobytes can inflate to is bounded by deflate itself. */
function inflatedStart(start: Uint8Array): Uint8Array {
  try {
    return gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, openingBytes);
  } catch {
    return new Uint8Array();
  }
}

function inflate(file: Uint8Array): Buffer {
  try {
    return gunzipSync(file, { maxOutputLength: maxSvgTextBytes });
  } catch (error) {
    const isTooLong = error instanceof RangeError;
    const [code, what] = isTooLong
      ? (['too-expensive', `more than ${maxSvgTextBytes} bytes of text`] as const)
      : (['corrupt-image', 'damaged gzip'] as const);
    throw new PermanentFailure(code, `an SVG of ${what}`, { cause: error });
  }
}

function decoderFor(bytes: Uint8Array) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be');
  return new TextDecoder('utf-8');
}
