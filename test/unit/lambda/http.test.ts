// The HTTP boundary: answers as JSON, problems as problems, and nothing of what is inside in either.

import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../shared/api/answer.ts';
import { Problem } from '../../../shared/api/problem.ts';
import { PermanentFailure, TransientFailure } from '../../../shared/domain/errors.ts';
import { createHttpHandler, jsonBody } from '../../../shared/lambda/http.ts';

const request = (changes: Partial<APIGatewayProxyEventV2> = {}) => changes as APIGatewayProxyEventV2;

async function handle(answer: (event: APIGatewayProxyEventV2) => Promise<Answer>) {
  const logged: [string, Error][] = [];
  const handler = createHttpHandler(answer, { error: (...entry) => logged.push(entry) });
  const response = await handler(request({ rawPath: '/path' }));
  return { response, logged, body: JSON.parse(response.body ?? '') };
}

describe('an answer', () => {
  it('is JSON that nobody caches, with its status and its headers', async () => {
    const { response, logged } = await handler();

    expect(response).toEqual({
      statusCode: 201,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', location: '/images/1' },
      body: '{"path":"/path"}',
    });
    expect(logged).toEqual([]);
  });

  it('without a body is its status and its headers, and says nothing of a type', async () => {
    const answering = createHttpHandler(async () => ({ status: 304, headers: { etag: '"1"' } }), console);

    expect(await answering(request())).toEqual({
      ...{ statusCode: 304, headers: { 'cache-control': 'no-store', etag: '"1"' } },
    });
  });

  const handler = () =>
    handle(async ({ rawPath }) => ({
      status: 201,
      body: { path: rawPath },
      headers: { location: '/images/1' },
    }));
});

describe('a problem', () => {
  it('is told as it is, and not logged', async () => {
    const problem = new Problem('too-large', 'Send less.', [
      { field: '/contentLength', message: 'too much' },
    ]);
    const { response, body, logged } = await handle(() => Promise.reject(problem));

    expect(response).toMatchObject({
      statusCode: 413,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    });
    expect(response.headers).not.toHaveProperty('retry-after');
    expect(body).toMatchObject({ code: 'too-large', detail: 'Send less.', errors: problem.errors });
    expect(logged).toEqual([]);
  });

  it('is that a dependency is away when one is: tell the client when to come again, and log why', async () => {
    const away = new TransientFailure('dependency-unavailable', 'DynamoDB GetItem: arn:aws:dynamodb:secret');
    const { response, body, logged } = await handle(() => Promise.reject(away));

    expect(response).toMatchObject({ statusCode: 503, headers: { 'retry-after': '2' } });
    expect(body).toMatchObject({
      ...{ code: 'dependency-unavailable', detail: expect.stringContaining('may be sent again') },
    });
    expect(response.body).not.toContain('secret');
    expect(logged).toEqual([['request failed', away]]);
  });

  it.each([
    ['an internal failure', new TransientFailure('internal', 'secret')],
    ['a permanent failure', new PermanentFailure('too-large', 'secret')],
    ['an error that nobody thought of', new Error('secret')],
    [
      'an error that has a code as if it were a failure',
      Object.assign(new Error('secret'), { code: 'dependency-unavailable' }),
    ],
  ])('is internal for %s, which is logged and not told', async (_what, error) => {
    const { response, body, logged } = await handle(() => Promise.reject(error));

    expect(response.statusCode).toBe(500);
    expect(response.headers).not.toHaveProperty('retry-after');
    expect(body).toMatchObject({ code: 'internal', detail: expect.stringContaining('logged') });
    expect(response.body).not.toContain('secret');
    expect(logged).toEqual([['request failed', error]]);
  });

  it('is internal for what is thrown and is no error', async () => {
    const { body, logged } = await handle(() => Promise.reject('a word'));

    expect(body.code).toBe('internal');
    expect(logged).toEqual([['request failed', new Error('a word')]]);
  });

  it('is told also where the use case throws before it promises anything', async () => {
    const { response } = await handle(() => {
      throw new Problem('image-not-found', 'No such image.');
    });

    expect(response.statusCode).toBe(404);
  });
});

describe('jsonBody', () => {
  it.each([
    ['text', { body: '{"a":"é"}', isBase64Encoded: false }],
    ['base64', { body: Buffer.from('{"a":"é"}').toString('base64'), isBase64Encoded: true }],
  ])('reads a body that came as %s', (_what, event) => {
    expect(jsonBody(request(event))).toEqual({ a: 'é' });
  });

  it.each([
    ['no body', {}],
    ['no body, said to be base64', { isBase64Encoded: true }],
    ['a body that is no JSON', { body: '{' }],
  ])('refuses %s', (_what, event) => {
    expect(() => jsonBody(request(event))).toThrow(
      expect.objectContaining({ code: 'invalid-request', message: 'The body must be JSON.' }),
    );
  });
});
