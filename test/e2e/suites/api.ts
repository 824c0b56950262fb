// The API's answers to what is not in order.

import { describe, expect, test } from 'vitest';
import type { Running } from '../support/running.ts';

export function apiSuite(running: Running): void {
  describe('the API', () => {
    test('says that it is up', async () => {
      const answer = await fetch(`${running().api}/health`);

      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ status: 'ok' });
    });

    test.each([
      ['a body that is no JSON', '{', 400, 'invalid-request'],
      ['a body without a length', { contentType: 'image/jpeg' }, 400, 'invalid-request'],
      ['a length of nothing', { contentType: 'image/jpeg', contentLength: 0 }, 400, 'invalid-request'],
      [
        'a field it does not know',
        { contentType: 'image/jpeg', contentLength: 1, key: 'x' },
        400,
        'invalid-request',
      ],
      ['a type it does not take', { contentType: 'text/html', contentLength: 1 }, 415, 'unsupported-format'],
      [
        'a file that is too large',
        { contentType: 'image/jpeg', contentLength: 104_857_601 },
        413,
        'too-large',
      ],
    ])('answers %s with a problem', async (_case, body, status, code) => {
      const answer = await fetch(`${running().api}/uploads`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await running().tokenOf()}` },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });

      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await answer.json()).toMatchObject({ status, code, type: `urn:darkroom:problem:${code}` });
    });

    test('answers 404 for an image that nobody has', async () => {
      const answer = await fetch(`${running().api}/images/0192f0c0-0000-7000-8000-000000000000`, {
        headers: { authorization: `Bearer ${await running().tokenOf()}` },
      });

      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'image-not-found' });
    });
  });
}
