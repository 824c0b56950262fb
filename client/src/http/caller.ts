// Calls the API until it has answered: with a token, within a time, and again when the answer is worth another try.

import { ApiError, ConnectionError } from '../errors.ts';
import type { Problem } from '../model.ts';
import { createPatience } from './patience.ts';
import type { OnWait } from './wait.ts';

export interface TokenRequest {
  /** What the API has just refused, when it did: another one is wanted. */
  readonly refused: string | undefined;
}

/** A function is called before every request, and once more when the API refused what it gave. */
export type Token = string | ((request: TokenRequest) => string | Promise<string>);

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onWait?: OnWait | undefined;
  /** Of the answer, when it is one that the server waits with. */
  readonly extraSeconds?: number;
}

/** What a request must be given. */
export type CallInit = {
  readonly signal: AbortSignal;
  readonly headers: Record<string, string>;
};

interface Answered<Body> {
  readonly data?: Body;
  readonly error?: unknown;
  readonly response: Response;
}

export type Caller = ReturnType<typeof createCaller>;

interface CallerOptions {
  readonly token: Token | undefined;
  /** How long to wait for one answer. */
  readonly timeoutSeconds: number;
  /** How long to try again. */
  readonly patienceSeconds: number;
}

/** OK and Created. */
const withBody: readonly number[] = [200, 201];
const notModified = 304;

export function createCaller({ token, timeoutSeconds, patienceSeconds }: CallerOptions) {
  async function headersWith(refused: string | undefined): Promise<Record<string, string>> {
    const value = typeof token === 'function' ? await token({ refused }) : token;
    return value === undefined ? {} : { authorization: `Bearer ${value}` };
  }

  /**
   * @param request begins it, anew for every try
   * @returns what the API answered; no `data` for 204 and 304
   * @throws {ApiError} when the API says no
   * @throws {ConnectionError} when it does not answer
   */
  return async function call<Body>(
    request: (init: CallInit) => Promise<Answered<Body>>,
    { signal, onWait, extraSeconds = 0 }: CallOptions = {},
  ): Promise<{ readonly data: Body | undefined; readonly response: Response }> {
    let hasWaited = false;
    const patience = createPatience(patienceSeconds, signal, (wait) => {
      hasWaited = true;
      onWait?.(wait);
    });
    let refused: string | undefined;
    for (;;) {
      signal?.throwIfAborted();
      // Somebody may have to sign in before there is a token.
      const headers = await orAborted(headersWith(refused), signal);
      const timeout = AbortSignal.timeout((timeoutSeconds + extraSeconds) * 1000);
      const ends = signal ? AbortSignal.any([signal, timeout]) : timeout;
      let answer: Answered<Body>;
      try {
        answer = await request({ signal: ends, headers });
        if (isBroken(answer)) throw new Error('The answer broke off.');
      } catch (cause) {
        signal?.throwIfAborted();
        await patience.pause(new ConnectionError('The API does not answer.', { cause }));
        continue;
      }
      const { response, data, error } = answer;
      if (response.ok || response.status === notModified) {
        if (hasWaited) onWait?.(undefined);
        return { data, response };
      }
      const failure = apiError(response, error);
      const isTokenWorthAnother =
        response.status === 401 && typeof token === 'function' && refused === undefined;
      if (isTokenWorthAnother) refused = headers['authorization']?.slice('Bearer '.length);
      else if (isTransient(response.status)) await patience.pause(failure, failure.retryAfterSeconds);
      else throw failure;
    }
  };
}

/** @throws the signal's reason when it is aborted before */
function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((fulfil, reject) => {
    const stop = () => reject(signal?.reason);
    const end = () => signal?.removeEventListener('abort', stop);
    signal?.addEventListener('abort', stop, { once: true });
    work.finally(end).then(fulfil, reject);
  });
}

function apiError({ status, headers }: Response, body: unknown): ApiError {
  const problem = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
  const requestId = problem.requestId ?? headers.get('x-request-id') ?? undefined;
  return new ApiError(status, { ...problem, ...(requestId && { requestId }) }, retryAfter(headers));
}

/** Whether there is nothing where there must be something. */
function isBroken({ response, data }: Answered<unknown>): boolean {
  return withBody.includes(response.status) && data === undefined;
}

function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** In seconds or as a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = Number(value);
  if (!Number.isNaN(seconds)) return Math.max(0, seconds);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000);
}
