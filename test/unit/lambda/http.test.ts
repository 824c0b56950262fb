// The HTTP boundary: answers as JSON, problems as problems, and nothing of what is inside in either.

import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../../shared/api/answer.ts';
import { Problem } from '../../../shared/api/problem.ts';
import { PermanentFailure, TransientFailure } from '../../../shared/domain/errors.ts';
import { createHttpHandler, unlogged } from '../../../shared/lambda/http.ts';

const request = (changes: Partial<APIGatewayProxyEventV2> = {}) =>
  ({
    rawPath: '/path',
    rawQueryString: '',
    routeKey: 'GET /path',
    requestContext: { requestId: 'id-1' },
    ...changes,
  }) as APIGatewayProxyEventV2;

/** What every line of a request says. */
const line = (status: number) => ({
  ...{ requestId: 'id-1', route: 'GET /path', status, milliseconds: expect.any(Number) },
});

async function handle(
  answer: (event: APIGatewayProxyEventV2) => Promise<Answer>,
  event: Partial<APIGatewayProxyEventV2> = {},
) {
  const logged: unknown[][] = [];
  const log = (level: string) => (message: string, details: object) =>
    void logged.push([level, message, details]);
  const handler = createHttpHandler(answer, { info: log('info'), error: log('error') });
  const response = await handler(request(event));
  return { response, logged, body: JSON.parse(response.body ?? '') };
}

describe('an answer', () => {
  it('is JSON that nobody caches, with its status and its headers', async () => {
    const { response, logged } = await handler();

    expect(response).toEqual({
      statusCode: 201,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-request-id': 'id-1',
        location: '/images/1',
      },
      body: '{"path":"/path"}',
    });
    expect(logged).toEqual([['info', 'request answered', line(201)]]);
  });

  it('without a body is its status and its headers, and says nothing of a type', async () => {
    const answering = createHttpHandler(async () => ({ status: 304, headers: { etag: '"1"' } }), console);

    expect(await answering(request())).toEqual({
      ...{ statusCode: 304, headers: { 'cache-control': 'no-store', 'x-request-id': 'id-1', etag: '"1"' } },
    });
  });

  const handler = () =>
    handle(async ({ rawPath }) => ({
      status: 201,
      body: { path: rawPath },
      headers: { location: '/images/1' },
    }));
});

describe('the line of a request', () => {
  const imageId = '0199a3c4-7b1e-7c2d-8f3a-000000000001';

  it('names the image that it is about, or that it made', async () => {
    const answer = async () => ({ status: 201, body: { imageId } });
    const asked = await handle(async () => ({ status: 200, body: {} }), { pathParameters: { imageId } });
    const made = await handle(answer);

    expect(asked.logged).toEqual([['info', 'request answered', { ...line(200), imageId }]]);
    expect(made.logged).toEqual([['info', 'request answered', { ...line(201), imageId }]]);
  });

  it('says how long the answer took', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValueOnce(1000).mockReturnValueOnce(1250.4);
    const { logged } = await handle(async () => ({ status: 200, body: {} }));
    clock.mockRestore();

    expect(logged).toEqual([['info', 'request answered', { ...line(200), milliseconds: 250 }]]);
  });

  it('is written for nobody where requests are not logged, unless they fail', () => {
    const written = vi.spyOn(console, 'error').mockReturnValue();

    unlogged.info('request answered', line(200));
    unlogged.error('request failed', line(500));

    expect(written.mock.calls).toEqual([['request failed', line(500)]]);
    written.mockRestore();
  });

  it('holds nothing of a path that names no image', async () => {
    const { logged } = await handle(() => Promise.reject(new Problem('image-not-found', 'None.')), {
      pathParameters: { imageId: 'my secret' },
    });

    expect(logged).toEqual([['info', 'request refused', { ...line(404), code: 'image-not-found' }]]);
  });
});

describe('a problem', () => {
  it('is told as it is, and logged by its code alone', async () => {
    const problem = new Problem('too-large', 'Send less.', [
      { field: '/contentLength', message: 'too much' },
    ]);
    const { response, body, logged } = await handle(() => Promise.reject(problem));

    expect(response).toMatchObject({
      statusCode: 413,
      headers: {
        ...{ 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
        'x-request-id': 'id-1',
      },
    });
    expect(response.headers).not.toHaveProperty('retry-after');
    expect(body).toMatchObject({
      ...{ code: 'too-large', detail: 'Send less.', errors: problem.errors, requestId: 'id-1' },
    });
    expect(logged).toEqual([['info', 'request refused', { ...line(413), code: 'too-large' }]]);
  });

  it('is that a dependency is away when one is: tell the client when to come again, and log why', async () => {
    const away = new TransientFailure('dependency-unavailable', 'DynamoDB GetItem: arn:aws:dynamodb:secret');
    const { response, body, logged } = await handle(() => Promise.reject(away));

    expect(response).toMatchObject({ statusCode: 503, headers: { 'retry-after': '2' } });
    expect(body).toMatchObject({
      ...{ code: 'dependency-unavailable', detail: expect.stringContaining('may be sent again') },
    });
    expect(response.body).not.toContain('secret');
    expect(logged).toEqual([['error', 'request failed', { ...line(503), error: away }]]);
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
    expect(logged).toEqual([['error', 'request failed', { ...line(500), error }]]);
  });

  it('is internal for what is thrown and is no error', async () => {
    const { body, logged } = await handle(() => Promise.reject('a word'));

    expect(body.code).toBe('internal');
    expect(logged).toEqual([['error', 'request failed', { ...line(500), error: new Error('a word') }]]);
  });

  it('is told also where the use case throws before it promises anything', async () => {
    const { response } = await handle(() => {
      throw new Problem('image-not-found', 'No such image.');
    });

    expect(response.statusCode).toBe(404);
  });
});

describe('a problem with headers of its own', () => {
  it('is told with them, before those of its code', async () => {
    const headers = { 'retry-after': '7' };
    const { response } = await handle(() =>
      Promise.reject(new Problem('dependency-unavailable', 'Wait.', [], headers)),
    );

    expect(response.headers).toMatchObject(headers);
  });
});

describe('what is not percent-encoded UTF-8', () => {
  it.each([
    ['a % that is followed by no digits', { rawPath: '/images/100%' }],
    ['bytes that are no UTF-8', { rawPath: '/images/%ff' }],
    ['a % in the query', { rawQueryString: 'limit=%zz' }],
  ])('is refused: %s', async (_what, event) => {
    const { response, body } = await handle(() => Promise.reject(new Error('got through')), event);

    expect(response.statusCode).toBe(400);
    expect(body).toMatchObject({ code: 'invalid-request', detail: expect.stringContaining('%25') });
  });
});
