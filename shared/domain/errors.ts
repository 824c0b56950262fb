// The failure taxonomy: every code a client or an operator can meet, and whether a retry can help.
// A fault is classified once, where it is met, by throwing one of the two classes below.

/** Codes of faults in the file itself: no retry can help. */
export const rejectionCodes = [
  'unsupported-format',
  'corrupt-image',
  'too-many-pixels',
  'too-many-frames',
  'too-large',
  'too-expensive',
  'malformed-message',
] as const;

/** Codes of faults in the system: a retry may help. */
export const outageCodes = ['dependency-unavailable', 'internal'] as const;

export type RejectionCode = (typeof rejectionCodes)[number];
export type OutageCode = (typeof outageCodes)[number];
export type FailureCode = RejectionCode | OutageCode;

/** The file or the message is at fault. Recorded as `rejected`, dead-lettered at once, never retried. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
  readonly retryable = false;
  readonly code: RejectionCode;

  constructor(code: RejectionCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The system is at fault. Retried by SQS with backoff; `failed` at the last receive. */
export class TransientFailure extends Error {
  override readonly name = 'TransientFailure';
  readonly retryable = true;
  readonly code: OutageCode;

  constructor(code: OutageCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type Failure = PermanentFailure | TransientFailure;

/** Anything thrown, as a classified failure: what nobody classified is `internal` and retried. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof PermanentFailure || thrown instanceof TransientFailure) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new TransientFailure('internal', message, { cause: thrown });
}
