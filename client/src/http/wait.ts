// What a call waits for before it tries again, told to whoever shows it.

import { ApiError, ConnectionError } from '../errors.ts';
import type { Problem } from '../model.ts';

export interface Wait {
  /**
   * `connection`: nobody answers. `too-much`: the API or S3 answers that this is too much for now, as 429.
   * `server`: it answers that it cannot, as 503.
   */
  readonly reason: 'connection' | 'too-much' | 'server';
  /** When it tries again, as `Date.now()` counts. */
  readonly until: number;
  /** The API’s, when it has said one: `quota-exceeded` waits for room. */
  readonly code: Problem['code'] | undefined;
}

/** Told of every pause, and of `undefined` once the API has answered after one. */
export type OnWait = (wait: Wait | undefined) => void;

const tooManyRequests = 429;

/** @internal */
export function waitFor(failure: unknown, seconds: number): Wait {
  const code = failure instanceof ApiError ? failure.code : undefined;
  return { reason: reasonOf(failure), until: Date.now() + seconds * 1000, code };
}

function reasonOf(failure: unknown): Wait['reason'] {
  if (failure instanceof ConnectionError) return 'connection';
  return failure instanceof ApiError && failure.status === tooManyRequests ? 'too-much' : 'server';
}
