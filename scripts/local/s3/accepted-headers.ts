// The x-amz-* headers this server acts on. Any other asks for something it does not do, and is refused by name:
// better a 501 than an object that silently lacks its tags, lock or encryption.
import { S3Error } from './errors.ts';
import type { S3Request } from './request.ts';

const anyValue = /^/;
const acceptedHeaders: Readonly<Record<string, RegExp>> = {
  'x-amz-bucket-object-lock-enabled': /^false$/i,
  'x-amz-checksum-algorithm': anyValue,
  'x-amz-checksum-mode': anyValue,
  'x-amz-checksum-type': /^FULL_OBJECT$/,
  'x-amz-content-sha256': anyValue,
  'x-amz-copy-source': anyValue,
  'x-amz-copy-source-if-match': anyValue,
  'x-amz-copy-source-if-none-match': anyValue,
  'x-amz-date': anyValue,
  'x-amz-decoded-content-length': anyValue,
  'x-amz-metadata-directive': anyValue,
  'x-amz-object-ownership': /^BucketOwnerEnforced$/,
  'x-amz-sdk-checksum-algorithm': anyValue,
  'x-amz-server-side-encryption': /^AES256$/,
  'x-amz-skip-destination-validation': anyValue,
  'x-amz-storage-class': /^STANDARD$/,
  'x-amz-trailer': anyValue,
  'x-amz-user-agent': anyValue,
};
const acceptedPrefixes = ['x-amz-meta-', 'x-amz-checksum-'];
// Every new bucket has ACLs off; these two are what S3 lets pass then.
const acceptedAcls = ['private', 'bucket-owner-full-control'];
// Presigners put these into the query; S3 takes its metadata from there but never a checksum.
const queryOnly =
  /^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256|checksum-.*|sdk-checksum-algorithm|user-agent)$/;

/** @throws {S3Error} NotImplemented naming the header, AccessControlListNotSupported for an ACL. */
export function checkAmzHeader(name: string, value: string): void {
  if (name === 'x-amz-acl' || name === 'acl') {
    if (!acceptedAcls.includes(value)) throw new S3Error('AccessControlListNotSupported');
    return;
  }
  if (!name.startsWith('x-amz-') || acceptedPrefixes.some((prefix) => name.startsWith(prefix))) return;
  if (acceptedHeaders[name]?.test(value) !== true)
    throw new S3Error('NotImplemented', { details: { Header: name } });
}

/** The request's headers together with those that a presigned URL carries in its query. */
export function effectiveHeaders(request: S3Request): ReadonlyMap<string, string> {
  const headers = new Map(request.headers);
  for (const [parameter, value] of request.query) {
    const name = parameter.toLowerCase();
    if (name.startsWith('x-amz-') && !queryOnly.test(name) && !headers.has(name)) headers.set(name, value);
  }
  return headers;
}
