// Bodies of requests: JSON of a size and a depth that are no burden, and nothing else.

import { describe, expect, it } from 'vitest';
import { jsonBody } from '../../../shared/lambda/json-body.ts';

const asJson = { 'content-type': 'application/json' };
const event = (body: string, headers: Record<string, string> = asJson) => ({
  ...{ headers, body, isBase64Encoded: false },
});
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const ofLength = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;

describe('a body', () => {
  it.each([
    ['text', event('{"a":"é"}')],
    ['base64', { ...event(Buffer.from('{"a":"é"}').toString('base64')), isBase64Encoded: true }],
  ])('is read that came as %s', (_what, one) => {
    expect(jsonBody(one)).toEqual({ a: 'é' });
  });

  it.each([
    ['nothing', { headers: {}, isBase64Encoded: false }],
    ['null, which is nothing too', { headers: asJson, body: null, isBase64Encoded: false }],
    ['nothing, said to be base64', { headers: asJson, isBase64Encoded: true }],
    ['no JSON', event('{')],
    ['no UTF-8', { ...event(Buffer.from([0x22, 0xff, 0x22]).toString('base64')), isBase64Encoded: true }],
  ])('is refused that is %s', (_what, one) => {
    expect(() => jsonBody(one)).toThrow(
      expect.objectContaining({ code: 'invalid-request', message: 'The body must be JSON.' }),
    );
  });

  it.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/merge-patch+json'])(
    'may be of the type %s',
    (contentType) => {
      expect(jsonBody(event('1', { 'content-type': contentType }))).toBe(1);
    },
  );

  it.each([
    ['text/plain', { 'content-type': 'text/plain' }],
    ['application/jsonp', { 'content-type': 'application/jsonp' }],
    ['text/plain, JSON in its parameters', { 'content-type': 'text/plain; a=application/json' }],
    ['no type', {}],
  ])('is refused that is said to be of %s', (_what, headers) => {
    expect(() => jsonBody(event('1', headers))).toThrow(
      expect.objectContaining({
        ...{ code: 'unsupported-media-type', message: 'Send the body with content-type: application/json.' },
      }),
    );
  });

  it('may have 10 KiB, and no byte more, whatever it is', () => {
    expect(jsonBody(event(ofLength(10_240)))).toHaveLength(10_238);
    expect(() => jsonBody(event(ofLength(10_241)))).toThrow(
      expect.objectContaining({ code: 'body-too-large', message: expect.stringMatching(/10240.*10241/) }),
    );
    expect(() => jsonBody(event('é'.repeat(5_121), {}))).toThrow(
      expect.objectContaining({ code: 'body-too-large' }),
    );
  });

  it('may be nested ten levels deep, and no deeper', () => {
    expect(jsonBody(event(nested(10)))).toBeInstanceOf(Array);
    for (const deeper of [nested(11), nested(5_000), `{"a":${nested(10)}}`]) {
      expect(() => jsonBody(event(deeper))).toThrow(
        expect.objectContaining({ code: 'invalid-request', message: expect.stringContaining('10 levels') }),
      );
    }
  });
});
