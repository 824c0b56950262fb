// The token matrix: every route of the template against every header that is no sound access token.

import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readIssuer } from '../../../scripts/local/identity/issuer.ts';
import { readSigningKey } from '../../../scripts/local/identity/signing-key.ts';
import { tokenMaker } from '../../support/forged-tokens.ts';
import { type ApiRoute, apiRoutes, pathOf } from '../support/api-routes.ts';
import { photo } from '../support/photos.ts';
import type { Running } from '../support/running.ts';

const routes = await apiRoutes();
const titled = routes.map((route) => [`${route.method} ${route.path}`, route] as const);

export function tokensSuite(running: Running): void {
  describe('tokens', () => {
    let imageId: string;
    let tokens: ReturnType<typeof tokenMaker>;

    beforeAll(async () => {
      const dataDir = join(running().folder, 'data');
      tokens = tokenMaker(readIssuer(dataDir), readSigningKey(dataDir));
      const file = new Blob([await photo(320, 240)], { type: 'image/jpeg' });
      ({ imageId } = await running().client.upload(file));
    });

    const ask = (route: ApiRoute, headers: Readonly<Record<string, string>>) =>
      fetch(`${running().api}${pathOf(route, imageId)}`, {
        ...{ method: route.method, redirect: 'manual', headers },
      });

    async function expectRefusal(name: string, answer: Response): Promise<void> {
      const { headers, status } = answer;
      expect({ name, status, type: headers.get('content-type') }).toEqual({
        ...{ name, status: 401, type: 'application/problem+json' },
      });
      expect(headers.get('www-authenticate')).toMatch(/^Bearer\b/);
      expect(await answer.json()).toMatchObject({
        ...{ status: 401, code: 'unauthorized', requestId: headers.get('x-request-id') },
      });
    }

    test('are asked for by every route but the two that anybody may call', () => {
      const open = routes.filter(({ asksForToken }) => !asksForToken);

      expect(routes.length).toBeGreaterThan(6);
      expect(
        open.map(({ path }) => path).filter((path) => !['/health', '/openapi.json'].includes(path)),
      ).toEqual([]);
    });

    test.each(titled.filter(([, { asksForToken }]) => asksForToken))(
      'are refused unless sound: %s',
      async (_title, route) => {
        const verified = JSON.stringify({ jwt: { claims: { iss: 'any', sub: 'any' } } });
        await expectRefusal('nothing', await ask(route, {}));
        await expectRefusal('a claim', await ask(route, { 'sls-offline-authorizer-override': verified }));
        for (const [name, header] of tokens.forged)
          await expectRefusal(name, await ask(route, { authorization: await header() }));
      },
    );

    test.each(titled.filter(([, { asksForToken }]) => !asksForToken))(
      'are of no account where none is asked for: %s',
      async (_title, route) => {
        for (const authorization of ['Bearer token', `Bearer ${await tokens.signed()}`])
          expect((await ask(route, { authorization })).status).toBe(200);
      },
    );

    test('that were refused have changed nothing', async () => {
      expect(await running().client.images.get(imageId)).toMatchObject({ imageId, status: 'ready' });
    });
  });
}
