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

export const failureCodes = [...rejectionCodes, ...outageCodes] as const;

export type RejectionCode = (typeof rejectionCodes)[number];
export type OutageCode = (typeof outageCodes)[number];
export type FailureCode = RejectionCode | OutageCode;

/** What clients are told, one sentence a code; SDK texts and stacks stay in the log. */
export const failureSentences: Readonly<Record<FailureCode, string>> = {
  'unsupported-format': 'Files of this kind are not accepted',
  'corrupt-image': 'The file is damaged or incomplete',
  'too-many-pixels': 'The picture has more pixels than are accepted',
  'too-many-frames': 'The file has more frames or pages than are accepted',
  'too-large': 'The file is larger than is accepted',
  'too-expensive': 'The file takes more time or memory than one image may take',
  'malformed-message': 'The message is not the notification of an upload',
  'dependency-unavailable': 'A service that this depends on was out of reach for too long',
  internal: 'Processing failed on our side',
};

/** What clients are told of a failure: its sentence and, where the file is at fault, what of it. */
export function failureMessage({ code, retryable, message }: Failure): string {
  const detail = retryable || message === '' ? '' : `: ${message}`;
  return `${failureSentences[code]}${detail}.`;
}

/** The file or the message is at fault. Recorded as `rejected`, put aside at once, never retried. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
  readonly retryable = false;
  readonly code: RejectionCode;

  /** @param message what of the file is at fault, in our own words: clients read it. Whatever else was said is its `cause`. */
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
