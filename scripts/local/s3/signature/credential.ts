// The credential scope (key id, day, region, service) and the dates that come with every signature.
// Wrong scopes are told apart as S3 tells them apart, since the messages are what people search for.
import { S3Error, type S3ErrorCode } from '../errors.ts';

const amzDatePattern = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

export interface ExpectedScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

export interface CredentialScope {
  readonly accessKeyId: string;
  /** `20261122/eu-west-1/s3/aws4_request`. */
  readonly text: string;
  /** Midnight of the scope's day: the signing key depends on the day only. */
  readonly signingDate: Date;
}

/** Parses `20261122T101500Z`; undefined when the text is not such a date. */
export function parseAmzDate(text: string): Date | undefined {
  const match = amzDatePattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hours, minutes, seconds] = match;
  const date = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/**
 * Parses and checks a credential against the key, region and service served here.
 * @param malformed the code S3 uses for this way of signing
 * @throws {S3Error} with `malformed` for a wrong shape or scope, InvalidAccessKeyId for an unknown key.
 */
export function readCredential(
  credential: string,
  amzDate: string,
  expected: ExpectedScope,
  malformed: S3ErrorCode,
): CredentialScope {
  const parts = credential.split('/');
  const [day, region, service, terminator] = parts.slice(-4);
  const accessKeyId = parts.slice(0, -4).join('/');
  if (parts.length < 5 || accessKeyId === '') {
    throw new S3Error(malformed, {
      message: 'The Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    });
  }
  if (terminator !== 'aws4_request') {
    throw new S3Error(malformed, {
      message: `Invalid credential terminator "${terminator}"; expecting "aws4_request".`,
    });
  }
  if (service !== expected.service) {
    throw new S3Error(malformed, {
      message: `Invalid service "${service}". This endpoint belongs to "${expected.service}".`,
    });
  }
  if (region !== expected.region) {
    throw new S3Error(malformed, {
      message: `The region '${region}' is wrong; expecting '${expected.region}'`,
      details: { Region: expected.region },
    });
  }
  const signingDate = parseAmzDate(`${day}T000000Z`);
  if (signingDate === undefined || !amzDate.startsWith(`${day}T`)) {
    throw new S3Error(malformed, {
      message: `Invalid credential date "${day}". This date is not the same as X-Amz-Date.`,
    });
  }
  if (accessKeyId !== expected.accessKeyId) {
    throw new S3Error('InvalidAccessKeyId', { details: { AWSAccessKeyId: accessKeyId } });
  }
  return { accessKeyId, text: `${day}/${region}/${service}/${terminator}`, signingDate };
}
