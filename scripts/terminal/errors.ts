// The two kinds of error that a tool tells its user in one line.

/** The command line was not understood: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something the user can put right, and the message says how: exit code 1. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}
