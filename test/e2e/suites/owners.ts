// Who may do what: the routes of the API asked by nobody, by an image's owner, and by somebody else.

import { beforeAll, describe, expect, test } from 'vitest';
import { photo } from '../support/photos.ts';
import type { Running } from '../support/running.ts';

const unknownId = '0192f0c0-0000-7000-8000-000000000000';

/** Every route that asks for a token; the ID of an image in place of `{imageId}`. */
const routes: readonly (readonly [method: string, path: string])[] = [
  ['POST', '/uploads'],
  ['GET', '/images'],
  ['GET', '/images/{imageId}'],
  ['GET', '/images/{imageId}/renditions/medium'],
  ['POST', '/images/{imageId}/reprocess'],
  ['DELETE', '/images/{imageId}'],
];
const ofOneImage = routes.filter(([, path]) => path.includes('{imageId}'));

export function ownersSuite(running: Running): void {
  describe('the owner of an image', () => {
    let imageId: string;

    beforeAll(async () => {
      const file = new Blob([await photo(640, 480)], { type: 'image/jpeg' });
      imageId = (await running().client.upload(file)).imageId;
    });

    const ask = async (method: string, path: string, authorization?: string, more: object = {}) =>
      fetch(`${running().api}${path.replace('{imageId}', imageId)}`, {
        method,
        redirect: 'manual',
        headers: { ...(authorization !== undefined && { authorization }), ...more },
      });
    const as = async (user: string) => `Bearer ${await running().tokenOf(user)}`;

    test.each(routes)('is asked for: %s %s', async (method, path) => {
      const override = JSON.stringify({ jwt: { claims: { iss: 'any', sub: 'any' } } });
      const answers = [
        await ask(method, path),
        await ask(method, path, 'Bearer no-token'),
        await ask(method, path, undefined, { 'sls-offline-authorizer-override': override }),
      ];

      for (const answer of answers) {
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
        expect(await answer.json()).toMatchObject({ status: 401, code: 'unauthorized' });
      }
    });

    test('alone finds it in the list', async () => {
      const listed = async (user?: string) => {
        const token = `Bearer ${await running().tokenOf(user)}`;
        const { images } = (await (await ask('GET', '/images', token)).json()) as {
          images: { imageId: string }[];
        };
        return images.map((image) => image.imageId);
      };

      expect(await listed()).toContain(imageId);
      expect(await listed('bob')).toEqual([]);
    });

    test.each(ofOneImage)(
      'is told of it, and anybody else that there is none: %s %s',
      async (method, path) => {
        const foreign = await ask(method, path, await as('bob'));
        const unknown = await ask(method, path.replace('{imageId}', unknownId), await as('bob'));
        const [told, expected] = [await foreign.text(), await unknown.text()].map((body) =>
          body
            .replaceAll(imageId, 'ID')
            .replaceAll(unknownId, 'ID')
            .replace(/"requestId":"[^"]*"/, ''),
        );

        expect([foreign.status, unknown.status]).toEqual([404, 404]);
        expect(told).toBe(expected);
      },
    );

    test('still has it after all that others have tried', async () => {
      expect(await running().client.images.get(imageId)).toMatchObject({ imageId, status: 'ready' });
    });
  });
}
