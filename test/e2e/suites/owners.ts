// Who may do what: every route of the template, asked by an image's owner and by somebody else.

import { join } from 'node:path';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../../client/src/client.ts';
import { readIssuer } from '../../../scripts/local/identity/issuer.ts';
import { ownerIdOf } from '../../../shared/domain/owner.ts';
import { type ApiRoute, apiRoutes, pathOf } from '../support/api-routes.ts';
import { photo } from '../support/photos.ts';
import type { Running } from '../support/running.ts';

const unknownId = '0192f0c0-0000-7000-8000-000000000000';

const routes = (await apiRoutes()).filter(({ asksForToken }) => asksForToken);
const ofOneImage = routes
  .filter(({ path }) => path.includes('{imageId}'))
  .map((route) => [`${route.method} ${route.path}`, route] as const);

export function ownersSuite(running: Running): void {
  describe('the owner of an image', () => {
    let imageId: string;

    beforeAll(async () => {
      const file = new Blob([await photo(640, 480)], { type: 'image/jpeg' });
      imageId = (await running().client.upload(file)).imageId;
    });

    const ask = async (route: ApiRoute, about: string, user?: string) =>
      fetch(`${running().api}${pathOf(route, about)}`, {
        ...{ method: route.method, redirect: 'manual' },
        headers: { authorization: `Bearer ${await running().tokenOf(user)}` },
      });

    test('is who asked for the upload URL', async () => {
      const { clients, tableName } = running().stage;
      const bob = createClient({ api: running().api, token: () => running().tokenOf('bob') });
      const mine = await bob.uploads.create({ contentType: 'image/jpeg', contentLength: 1 });

      const { Item } = await clients.table.send(
        new GetCommand({ TableName: tableName, Key: { imageId: mine.imageId } }),
      );

      const { url: issuer } = readIssuer(join(running().folder, 'data'));
      expect(Item).toMatchObject({ ownerId: ownerIdOf(issuer, 'bob') });
    });

    test('alone finds it in the list', async () => {
      const listed = async (user?: string) => {
        const list = { method: 'GET', path: '/images', asksForToken: true };
        const { images } = (await (await ask(list, imageId, user)).json()) as {
          images: { imageId: string }[];
        };
        return images.map((image) => image.imageId);
      };

      expect(await listed()).toContain(imageId);
      expect(await listed('bob')).not.toContain(imageId);
    });

    test.each(ofOneImage)('is told of it, and anybody else that there is none: %s', async (_title, route) => {
      const foreign = await ask(route, imageId, 'bob');
      const unknown = await ask(route, unknownId, 'bob');
      const [told, expected] = [await foreign.text(), await unknown.text()].map((body) =>
        body
          .replaceAll(imageId, 'ID')
          .replaceAll(unknownId, 'ID')
          .replace(/"requestId":"[^"]*"/, ''),
      );

      expect([foreign.status, unknown.status]).toEqual([404, 404]);
      expect(told).toBe(expected);
    });

    test('still has it after all that others have tried', async () => {
      expect(await running().client.images.get(imageId)).toMatchObject({ imageId, status: 'ready' });
    });

    // The last one deletes it.
    test.each(ofOneImage.toSorted(([, one], [, other]) => ranks(one) - ranks(other)))(
      'may do all of it, and somebody else may not after that either: %s',
      async (_title, route) => {
        const mine = await ask(route, imageId);
        const foreign = await ask(route, imageId, 'bob');

        expect(Math.floor(mine.status / 100), `${mine.status}`).toBeOneOf([2, 3]);
        // Deleted or not: a stranger is told the same.
        expect(foreign.status).toBe(404);
      },
    );
  });
}

function ranks({ method }: ApiRoute): number {
  return method === 'DELETE' ? 1 : 0;
}
