// What the SDK throws, classified: an outage that a retry may outlive, or our own mistake.

import { describe, expect, it } from 'vitest';
import { classified, hasName, isOutage } from '../../../shared/aws/sdk-errors.ts';
import { TransientFailure } from '../../../shared/domain/errors.ts';

const named = (name: string) => Object.assign(new Error(name), { name });
const coded = (code: string) => Object.assign(new Error(code), { code });
const answered = (httpStatusCode: number) => Object.assign(new Error(), { $metadata: { httpStatusCode } });
const raw = (statusCode: number) => Object.assign(new Error(), { $response: { statusCode } });

describe('an outage', () => {
  it.each([
    ...['TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'NetworkingError', 'SlowDown'],
    ...['Throttling', 'ThrottlingException', 'ThrottledException', 'RequestThrottled', 'ServiceUnavailable'],
    ...['TooManyRequestsException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'],
    ...['InternalError', 'InternalServerError'],
  ])('is %s by its name', (name) => {
    expect(isOutage(named(name))).toBe(true);
  });

  it.each(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])(
    'is %s by its code',
    (code) => {
      expect(isOutage(coded(code))).toBe(true);
    },
  );

  it.each([
    [499, false],
    [500, true],
    [503, true],
    [599, true],
    [429, true],
    [428, false],
    [430, false],
    [400, false],
    [403, false],
  ])('is status %i, or is not: %s', (status, isOne) => {
    expect(isOutage(answered(status))).toBe(isOne);
    expect(isOutage(raw(status))).toBe(isOne);
  });

  it('goes by the status that the SDK understood, where it understood one', () => {
    const error = Object.assign(answered(404), { $response: { statusCode: 503 } });

    expect(isOutage(error)).toBe(false);
  });

  it.each([named('AccessDenied'), coded('ENOENT'), new Error('no luck'), named('')])(
    'is not "$name" with no outage in it',
    (error) => {
      expect(isOutage(error)).toBe(false);
    },
  );
});

describe('classified', () => {
  it('passes on what was answered', async () => {
    expect(await classified('S3 GetObject', Promise.resolve('bytes'))).toBe('bytes');
  });

  it.each([
    [named('SlowDown'), 'dependency-unavailable'],
    [named('AccessDenied'), 'internal'],
  ])('throws %s as a failure to be retried that names the call and keeps its cause', async (cause, code) => {
    const failure = await classified('S3 GetObject', Promise.reject(cause)).catch((error) => error);

    expect(failure).toBeInstanceOf(TransientFailure);
    expect(failure).toMatchObject({ code, message: `S3 GetObject: ${cause.message}`, cause });
  });
});

describe('hasName', () => {
  it('holds for an error with one of the names', () => {
    expect(hasName(named('NotFound'), 'NoSuchKey', 'NotFound')).toBe(true);
    expect(hasName(named('NotFound'), 'NoSuchKey')).toBe(false);
    expect(hasName({ name: 'NotFound' }, 'NotFound')).toBe(false);
    expect(hasName(undefined, 'NotFound')).toBe(false);
  });
});
