// The failure taxonomy: who is at fault, and whether a retry can help.

import { describe, expect, it } from 'vitest';
import {
  asFailure,
  failureMessage,
  failureSentences,
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

describe('what clients are told of a failure', () => {
  const codes = [...rejectionCodes, ...outageCodes];

  it('is one plain sentence a code, without its stop, and no two alike', () => {
    expect(Object.keys(failureSentences)).toEqual(codes);
    for (const sentence of Object.values(failureSentences)) expect(sentence).toMatch(/^[A-Z][\w ]+\w$/);
    expect(new Set(Object.values(failureSentences)).size).toBe(codes.length);
  });

  it('says what of the file is at fault', () => {
    const failure = new PermanentFailure('too-many-pixels', '883 scans of 64 megapixels');

    expect(failureMessage(failure)).toBe(
      'The picture has more pixels than are accepted: 883 scans of 64 megapixels.',
    );
    expect(failureMessage(new PermanentFailure('corrupt-image', ''))).toBe(
      'The file is damaged or incomplete.',
    );
  });

  it('says nothing of what went wrong inside', () => {
    expect(failureMessage(new TransientFailure('internal', 'arn:aws:s3:::secret'))).toBe(
      'Processing failed on our side.',
    );
  });
});
