// What an operator is told of a call that a place refused or never got.

import { afterEach, expect, it, vi } from 'vitest';
import { explained } from '../../../scripts/operations/explained-errors.ts';
import { OperatorError } from '../../../scripts/terminal/errors.ts';

const tried = { stage: 'prod', region: 'eu-central-1', place: 'AWS eu-central-1' };
const sdkError = (name: string, more: object = {}) =>
  Object.assign(new Error('as AWS says it.'), { name }, more);

afterEach(() => {
  vi.unstubAllEnvs();
});

it.each<[string, Error, string]>([
  ['no credentials', sdkError('CredentialsProviderError'), 'set AWS_PROFILE'],
  [
    'no credentials, as the framework says it',
    sdkError('ServerlessError', { code: 'AWS_CREDENTIALS_NOT_FOUND' }),
    'set AWS_PROFILE',
  ],
  [
    'a region that is none',
    sdkError('Error', { code: 'ENOTFOUND', hostname: 'sqs.nowhere-9.amazonaws.com' }),
    'There is no sqs.nowhere-9.amazonaws.com: is the region',
  ],
  ['expired credentials', sdkError('ExpiredTokenException'), 'have expired: sign in again'],
  ['credentials of elsewhere', sdkError('InvalidClientTokenId'), 'does not know these credentials'],
  ['a key that is not the place’s', sdkError('SignatureDoesNotMatch'), 'does not know these credentials'],
  ['a missing permission', sdkError('AccessDenied'), 'resources/policies/operator.json'],
  [
    'an answer in no words of AWS',
    Object.assign(sdkError('Error', { $metadata: { httpStatusCode: 501 } }), {
      message: 'XML parse error.\n  Deserialization error: to see the raw response, inspect $response.',
    }),
    'is not AWS, or has no such service (status 501): is AWS_ENDPOINT_URL right',
  ],
  [
    'an answer in the words of another API',
    Object.assign(sdkError('route-not-found', { $metadata: { httpStatusCode: 404 } }), {
      message: 'UnknownError',
    }),
    'is not AWS, or has no such service (status 404)',
  ],
  [
    'a bucket that is not there',
    sdkError('NoSuchBucket', { BucketName: 'photos' }),
    'There is no bucket photos at AWS eu-central-1',
  ],
])('names what was tried and what to set: %s', (_what, error, says) => {
  const told = explained(error, tried);

  expect(told).toBeInstanceOf(OperatorError);
  expect(told.message).toContain(says);
  expect(told.message.split('\n')).toHaveLength(1);
});

it('names the profile that has no credentials', () => {
  vi.stubEnv('AWS_PROFILE', 'night');

  expect(explained(sdkError('CredentialsProviderError'), tried).message).toContain(
    'at AWS eu-central-1 by AWS_PROFILE=night: is it in ~/.aws/config',
  );
});

it('names the rights of who deploys for what only they do, and no laptop', () => {
  const deploying = { ...tried, policy: 'deploy' } as const;

  expect(explained(sdkError('AccessDenied'), deploying).message).toContain('resources/policies/deploy.json');
  expect(explained(sdkError('CredentialsProviderError'), deploying).message).not.toContain('laptop');
});

it('leaves what somebody waits for as it is', () => {
  const refused = sdkError('ConditionalCheckFailedException');
  // S3 has no body to say more in: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
  const forbidden = Object.assign(new Error('UnknownError'), {
    $metadata: { httpStatusCode: 403, requestId: 'E7FFC0FDE2E4D462' },
  });

  expect(explained(refused, tried)).toBe(refused);
  expect(explained(forbidden, tried)).toBe(forbidden);
});
