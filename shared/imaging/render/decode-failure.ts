// Sorts what decoders say when they fail: the file is damaged, of a kind they lack, or beyond what memory allows.

import { PermanentFailure, type RejectionCode, TransientFailure } from '../../domain/errors.ts';

/** Warnings of libjpeg about bytes that cameras and editors leave and every viewer ignores. */
const harmless =
  /extraneous bytes before marker|Invalid SOS parameters|unknown Adobe color transform|Unknown JFIF/i;

const unsupported = /unsupported|not supported|no decoding plugin|has not been built/i;
const outOfMemory = /out of memory|unable to allocate|exceeds (?:pixel|memory) limit|security limit/i;

/** True where a picture is whole although its decoder warned. */
export function isHarmlessWarning(error: unknown): boolean {
  return error instanceof Error && harmless.test(error.message);
}

/** A failed decode, classified. What is no decoder's complaint is passed on as it is. */
export function decodeFailure(error: unknown): unknown {
  if (error instanceof PermanentFailure || error instanceof TransientFailure) return error;
  if (!(error instanceof Error) || error instanceof TypeError) return error;
  const { message } = error;
  const failure = (code: RejectionCode, what: string) => new PermanentFailure(code, what, { cause: error });
  if (outOfMemory.test(message)) return failure('too-expensive', 'it needs more memory than is allowed');
  if (unsupported.test(message))
    return failure('unsupported-format', 'a variety of its format that is not read');
  return failure('corrupt-image', 'its picture cannot be decoded');
}
