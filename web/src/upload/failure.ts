// What went wrong, for the person who chose the file: a sentence, what to do, and the code for those who ask about it.

import { ApiError, ConnectionError, ImageError, UploadError } from '../../../client/src/client.ts';
import { advice, strings } from '../strings.ts';

export interface Failure {
  readonly message: string;
  readonly advice: string | undefined;
  readonly code: string;
  /** Whether the same file may succeed. */
  readonly isWorthAnotherTry: boolean;
}

/** What browsers say of a file that was moved, changed or taken away after it was chosen. */
const unreadable: readonly string[] = ['NotReadableError', 'NotFoundError'];

export function failureOf(error: unknown): Failure {
  if (error instanceof ImageError) {
    const { failure, status } = error.image;
    return described(failure?.code ?? status, status !== 'rejected', failure?.message ?? error.message);
  }
  if (error instanceof ApiError) {
    const code = error.code ?? `http-${error.status}`;
    const isRefused =
      error.status === 400 || error.status === 413 || error.status === 415 || error.status === 422;
    return described(code, !isRefused, error.message);
  }
  if (error instanceof UploadError) return described('storage-refused', true, error.message);
  if (error instanceof ConnectionError) return described('no-connection', true, error.message);
  const { name, message } = error as Error;
  return unreadable.includes(name)
    ? described('file-unreadable', false, message)
    : described(name, true, message);
}

export const noPicture = (): Failure => described('unsupported-format', false, '');
export const emptyFile = (): Failure => described('empty-file', false, '');

function described(code: string, isWorthAnotherTry: boolean, message: string): Failure {
  const { problems }: { readonly problems: Readonly<Record<string, string>> } = strings.upload;
  return { message: problems[code] ?? message, advice: advice[code], code, isWorthAnotherTry };
}
