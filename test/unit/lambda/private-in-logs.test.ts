// The search for what is private in logs finds each kind of it, and nothing in a log that is in order.

import { expect, it } from 'vitest';
import { privateIn } from '../../support/private-in-logs.ts';

const signature = 'ab'.repeat(32);

it.each([
  ['an access token', '{"token":"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"}'],
  ['a bearer token', 'authorization: Bearer abcdefgh12345678'],
  ['the signature of a URL', `https://s3.example/a?X-Amz-Signature=${signature}`],
  ['the signature of a URL', `{"x-amz-signature":"${signature}"}`],
  ['the signature of a request', `AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=${signature}`],
  ['the policy of a form', '{"policy":"eyJleHBpcmF0aW9uIjoiMjAyNi0wMy0xNFQwOTo0MTo1My4wMDBaIn0="}'],
  ['a cursor', 'GET /images?cursor=WyIyMDI2LTAzLTE0VDA5.Jx1p9kJx1p9kJx1p9k'],
  ['a place by its name', '{"location":{"latitude":-33.86}}'],
])('finds %s', (kind, log) => {
  expect(privateIn(`{"level":"INFO"}\n${log}\n`).map((one) => one.split(':')[0])).toContain(kind);
});

it('finds nothing in a log that is in order', () => {
  const line = {
    level: 'INFO',
    message: 'request refused',
    requestId: 'JKJaXmPLvHcESHA=',
    code: 'unauthorized',
  };

  expect(privateIn(JSON.stringify({ ...line, imageId: '0199a3c4-7b1e-7c2d-8f3a-5d2e9b7c1a40' }))).toEqual([]);
});
