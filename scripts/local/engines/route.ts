// Tells which AWS service a request is for, from nothing but its headers and its URL.
import type { IncomingMessage } from 'node:http';

export type ServiceName = 's3' | 'sns' | 'sqs' | 'dynamodb' | 'sts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html
const credentialScope = /Credential=[^,\s/=]+\/\d{8}\/[^,\s/=]+\/([^,\s/=]+)\/aws4_request/;

const targets: readonly [prefix: string, service: string][] = [
  ['DynamoDB_', 'dynamodb'],
  ['AmazonSQS.', 'sqs'],
];

/**
 * The service's name as signatures spell it. S3 is what is left over: it alone is called without an Authorization
 * header (preflights, anonymous reads, signed URLs) or with a signature inside the body (a form upload).
 */
export function serviceOf(request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): string {
  const { method, headers } = request;
  // A preflight is never signed: whatever it says of itself, no other engine is to answer it.
  if (method === 'OPTIONS') return 's3';
  const signed = credentialScope.exec(headers.authorization ?? '')?.[1];
  if (signed) return signed;
  const target = String(headers['x-amz-target'] ?? '');
  const byTarget = targets.find(([prefix]) => target.startsWith(prefix));
  if (byTarget) return byTarget[1];
  return isUnsignedQueryCall(request) ? 'sns' : 's3';
}

// SNS and STS take a form with an Action at the root; an S3 form upload is multipart and names a bucket.
function isUnsignedQueryCall({ method, url = '/', headers }: Parameters<typeof serviceOf>[0]): boolean {
  if (/[?&]Action=/.test(url)) return true;
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return method === 'POST' && form && url.split('?')[0] === '/';
}
