// The API's port before serverless-offline: whose requests go on, and whose do not.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiFront, startApiFront } from '../../scripts/local/api-front.ts';
import type { Gate } from '../../scripts/local/identity/gate.ts';
import { TokenRefused } from '../../scripts/local/identity/verify.ts';
import type { Template } from '../../scripts/local/template/types.ts';
import { sendCall } from './support/signed-call.ts';

const templateAllowing = (AllowOrigins?: string[]): Template => ({
  Resources: {
    HttpApi: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties:
        AllowOrigins === undefined
          ? {}
          : { CorsConfiguration: { AllowOrigins, ExposeHeaders: ['etag', 'x-request-id'] } },
    },
  },
});

/** Asks nobody who they are. */
const openGate: Gate = { document: () => undefined, admit: async () => {} };

let front: ApiFront;
let reached: string[];

beforeEach(() => {
  reached = [];
});
afterEach(() => front.close());

async function start(allowedOrigins?: string[]) {
  front = await startApiFront(0, templateAllowing(allowedOrigins));
  front.serve((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    response.end('answered');
  }, openGate);
}

const send = (method: string, headers: Record<string, string> = {}) =>
  sendCall(front.endpoint, { method, path: '/images', headers, body: '' });

describe("the API's port", () => {
  it('lets programs in, which name no origin', async () => {
    await start();

    expect(await send('POST')).toMatchObject({ status: 200, text: 'answered' });
  });

  it('lets pages in that its CORS configuration allows', async () => {
    await start(['https://app.example', 'http://*']);

    const answers = [
      await send('POST', { origin: 'https://app.example' }),
      await send('OPTIONS', { origin: 'http://any.example' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('lets such a page read the answer and the headers that are exposed, and tells programs nothing of it', async () => {
    await start(['https://app.example']);

    const answer = await send('GET', { origin: 'https://app.example' });

    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-expose-headers': 'etag,x-request-id',
    });
    expect((await send('GET')).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('lets every page in when it allows every origin', async () => {
    await start(['*']);

    expect((await send('POST', { origin: 'null' })).status).toBe(200);
  });

  it.each(['POST', 'GET', 'OPTIONS'])(
    'refuses a %s by any other page before a function runs',
    async (method) => {
      await start(['https://app.example']);

      for (const origin of ['https://evil.example', 'https://app.example.evil.example', 'null']) {
        const answer = await send(method, { origin });
        expect(answer).toMatchObject({ status: 403, text: expect.stringContaining(origin) });
        expect(JSON.parse(answer.text)).toMatchObject({ status: 403, code: 'origin-not-allowed' });
        expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      }
      expect(reached).toEqual([]);
    },
  );

  it('allows no page where there is no CORS configuration, but its own', async () => {
    await start();

    expect((await send('POST', { origin: 'https://app.example' })).status).toBe(403);
    expect((await send('POST', { origin: front.endpoint })).status).toBe(200);
  });

  it.each([
    ['no_token', 'Bearer'],
    ['insufficient_scope', 'Bearer error="insufficient_scope"'],
  ] as const)('tells page and program why it wants a token: %s', async (error, challenge) => {
    front = await startApiFront(0, templateAllowing(['https://app.example']));
    const admit = async () => {
      throw new TokenRefused('Not so.', error);
    };
    front.serve(() => {}, { ...openGate, admit });

    const answer = await send('GET', { origin: 'https://app.example' });

    expect(answer).toMatchObject({ status: 401, text: expect.stringContaining('Not so.') });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'www-authenticate': challenge,
      'access-control-allow-origin': 'https://app.example',
    });
  });

  it('refuses another host, whatever its origin', async () => {
    await start(['*']);

    expect((await send('GET', { host: 'page.example' })).status).toBe(403);
    expect((await send('GET', { host: 'page.example', origin: 'http://page.example' })).status).toBe(403);
    expect(reached).toEqual([]);
  });

  it('refuses a body of more than API Gateway takes, before anything of it is read', async () => {
    await start();

    const answer = await send('POST', { 'content-length': String(10 * 1024 * 1024 + 1) });
    expect(answer).toMatchObject({ status: 413, headers: { 'content-type': 'application/problem+json' } });
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'body-too-large', status: 413 });
    expect(reached).toEqual([]);
  });
});
