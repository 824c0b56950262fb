// Errors as clients see them: problem details (RFC 9457) with a stable code.
// https://www.rfc-editor.org/rfc/rfc9457

/** Every problem that the API answers with: its status, and a title that never changes. */
export const problems = {
  'invalid-request': { status: 400, title: 'The request is not valid.' },
  unauthorized: { status: 401, title: 'There is no valid access token.' },
  'image-not-found': { status: 404, title: 'There is no such image.' },
  'rendition-not-found': { status: 404, title: 'There is no such rendition.' },
  'route-not-found': { status: 404, title: 'There is nothing at this path.' },
  'method-not-allowed': { status: 405, title: 'This path does not have this method.' },
  'body-too-large': { status: 413, title: 'The body of the request is larger than allowed.' },
  'too-large': { status: 413, title: 'The file is larger than allowed.' },
  'unsupported-format': { status: 415, title: 'Files of this type are not accepted.' },
  'unsupported-media-type': { status: 415, title: 'The body of the request must be JSON.' },
  'quota-exceeded': { status: 429, title: 'A quota is used up.' },
  internal: { status: 500, title: 'Something went wrong on our side.' },
  'dependency-unavailable': {
    status: 503,
    title: 'A service we depend on is out of reach. Try again shortly.',
  },
} as const;

export type ProblemCode = keyof typeof problems;

/** One thing that is wrong with a request. */
export interface InvalidField {
  /** A JSON pointer into the body, or the name of a parameter. */
  readonly field: string;
  readonly message: string;
}

/** Thrown by a use case to answer a client with a problem. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly errors: readonly InvalidField[];
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param detail what is wrong with this very request, and what to do about it
   * @param headers of the answer, in lower case: `allow`, `retry-after`
   */
  constructor(
    code: ProblemCode,
    detail: string,
    errors: readonly InvalidField[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }
}

/** The body of a problem answer. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  /** What the operator finds the request by in the log. */
  readonly requestId: string;
  readonly errors?: readonly InvalidField[];
}

export function problemDetails({ code, message, errors }: Problem, requestId: string): ProblemDetails {
  const { status, title } = problems[code];
  return {
    type: `urn:darkroom:problem:${code}`,
    title,
    status,
    code,
    detail: message,
    requestId,
    ...(errors.length > 0 && { errors }),
  };
}
