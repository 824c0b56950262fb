// Sorts what decoders say when they fail: the file is damaged, of a kind they lack, or beyond what memory allows.

import { PermanentFailure, TransientFailure } from '../../domain/errors.ts';

/** Warnings of libjpeg about bytes that cameras and editors leave and every viewer ignores. */
const harmless =
  /extraneous bytes before marker|Invalid SOS parameters|unknown Adobe color transform|Unknown JFIF/i;

const unsupported = /unsupported|not supported|no decoding plugin|support for this .* not been built/i;
const outOfMemory = /out of memory|unable to allocate|exceeds (?:pixel|memory) limit|security limit/i;

/** True where a picture is whole although its decoder warned. */
export function isHarmlessWarning(error: unknown): boolean {
  return error instanceof Error && harmless.test(error.message);
}

/** A failed decode, classified. What is no decoder's complaint is passed on as it is. */
export function decodeFailure(error: unknown): unknown {
  if (error instanceof PermanentFailure || error instanceof TransientFailure) return error;
  if (!(error instanceof Error) || error instanceof TypeError) return error;
  const message = error.message.split('\n')[0] ?? '';
  if (outOfMemory.test(message)) return new PermanentFailure('too-expensive', message, { cause: error });
  if (unsupported.test(message)) return new PermanentFailure('unsupported-format', message, { cause: error });
  return new PermanentFailure('corrupt-image', message, { cause: error });
}
