// The failure taxonomy: who is at fault, and whether a retry can help.

import { describe, expect, it } from 'vitest';
import {
  asFailure,
  outageCodes,
  PermanentFailure,
  rejectionCodes,
  TransientFailure,
} from '../../../shared/domain/errors.ts';

describe('a failure', () => {
  it('of the file is permanent, and carries its code, message and cause', () => {
    const cause = new Error('below');

    const failure = new PermanentFailure('corrupt-image', 'premature end', { cause });

    expect(failure).toMatchObject({
      ...{
        name: 'PermanentFailure',
        retryable: false,
        code: 'corrupt-image',
        message: 'premature end',
        cause,
      },
    });
  });

  it('of the system is transient, and carries its code, message and cause', () => {
    const cause = new Error('below');

    const failure = new TransientFailure('dependency-unavailable', 'S3 is away', { cause });

    expect(failure).toMatchObject({
      ...{ name: 'TransientFailure', retryable: true, code: 'dependency-unavailable', message: 'S3 is away' },
      cause,
    });
  });

  it('has a code that no other kind of failure has', () => {
    expect(rejectionCodes).toEqual([
      ...['unsupported-format', 'corrupt-image', 'too-many-pixels', 'too-many-frames', 'too-large'],
      ...['too-expensive', 'malformed-message'],
    ]);
    expect(outageCodes).toEqual(['dependency-unavailable', 'internal']);
  });
});

describe('asFailure', () => {
  it.each([
    new PermanentFailure('too-large', 'too large'),
    new TransientFailure('dependency-unavailable', 'away'),
  ])('leaves a $name as it is', (failure) => {
    expect(asFailure(failure)).toBe(failure);
  });

  it('takes an error that nobody classified for an internal failure, to be tried again', () => {
    const error = new RangeError('out of range');

    const failure = asFailure(error);

    expect(failure).toBeInstanceOf(TransientFailure);
    expect(failure).toMatchObject({ code: 'internal', message: 'out of range', cause: error });
  });

  it('takes anything else that is thrown for an internal failure that says what it was', () => {
    expect(asFailure('no error at all')).toMatchObject({
      ...{ code: 'internal', message: 'no error at all', cause: 'no error at all' },
    });
    expect(asFailure(undefined)).toMatchObject({ code: 'internal', message: 'undefined' });
  });
});
