// Who is asking: the owner that a verified token names, and nobody without one.

import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import { createOwnersHandler, ownerOf } from '../../../shared/lambda/owner.ts';

const eventOf = (authorizer: unknown) =>
  ({ requestContext: { authorizer } }) as never as APIGatewayProxyEventV2;
const asking = (claims: object) => eventOf({ jwt: { claims } });
const alice = { iss: 'https://issuer.example', sub: 'alice' };

describe('the owner of a request', () => {
  it('is the same for the same subject of the same issuer, whatever else the token says', () => {
    expect(ownerOf(asking(alice))).toBe(ownerOf(asking({ ...alice, scope: 'all', exp: 1 })));
    expect(ownerOf(asking(alice))).toMatch(/^own-[0-9a-f]{32}$/);
  });

  it.each([
    ['another subject', { ...alice, sub: 'bob' }],
    ['another issuer', { ...alice, iss: 'https://other.example' }],
    ['a subject and an issuer that read the same together', { iss: 'https://issuer.examplea', sub: 'lice' }],
    ['one that differs in case', { ...alice, sub: 'Alice' }],
  ])('is another one for %s', (_, claims) => {
    expect(ownerOf(asking(claims))).not.toBe(ownerOf(asking(alice)));
  });

  it.each<[string, unknown]>([
    ['no authorizer', undefined],
    ['an authorizer of another kind', { lambda: { sub: 'alice' } }],
    ['no claims', { jwt: {} }],
    ['no subject', { jwt: { claims: { iss: alice.iss } } }],
    ['an empty subject', { jwt: { claims: { ...alice, sub: '' } } }],
    ['a subject that is no text', { jwt: { claims: { ...alice, sub: 7 } } }],
    ['no issuer', { jwt: { claims: { sub: 'alice' } } }],
    ['an empty issuer', { jwt: { claims: { ...alice, iss: '' } } }],
  ])('is nobody where there is %s', (_, authorizer) => {
    expect(() => ownerOf(eventOf(authorizer))).toThrow(expect.objectContaining({ code: 'unauthorized' }));
  });
});

describe('what only owners may ask for', () => {
  it('is not begun for anybody else, who is told to send a token', async () => {
    const answer = vi.fn();
    const handler = createOwnersHandler(answer, console);

    const { statusCode, headers } = await handler(eventOf(undefined));

    expect({ statusCode, headers }).toMatchObject({
      statusCode: 401,
      headers: { 'www-authenticate': 'Bearer' },
    });
    expect(answer).not.toHaveBeenCalled();
  });

  it('is done for the owner who asks', async () => {
    const handler = createOwnersHandler(async (ownerId) => ({ status: 200, body: { ownerId } }), console);

    const { body } = await handler(asking(alice));

    expect(JSON.parse(body ?? '')).toEqual({ ownerId: ownerOf(asking(alice)) });
  });
});
