// npm run smoke, against a stack that runs.

import { describe, expect, test } from 'vitest';
import { createClient } from '../../../client/src/client.ts';
import { type Step, StepFailed, smoke } from '../../../scripts/smoke/steps.ts';
import { startBadNetwork } from '../../client/support/bad-network.ts';
import type { Running } from '../support/running.ts';

export function smokeSuite(running: Running): void {
  describe('npm run smoke', () => {
    test('goes the whole way, and leaves nothing', async () => {
      const { client, stage } = running();
      const steps: Step[] = [];

      await smoke({ client, stage, waitSeconds: 60, onStep: (step) => steps.push(step) });

      expect(steps.map(({ name }) => name)).toEqual([
        ...['put aside before', 'health', 'upload', 'ready', 'renditions', 'put aside after', 'delete'],
      ]);
      const { says = '' } = steps.find(({ name }) => name === 'upload') ?? {};
      const [, imageId = ''] = /image (\S+),/.exec(says) ?? [];
      await expect(client.images.get(imageId)).rejects.toMatchObject({ status: 404 });
    }, 120_000);

    test('deletes what it uploaded when a step fails, and names the first that did', async () => {
      const { client, stage } = running();
      const steps: Step[] = [];
      const failing = smoke({ client, stage, waitSeconds: 0.001, onStep: (step) => steps.push(step) });

      await expect(failing).rejects.toMatchObject({ step: 'ready' });
      expect(steps.map(({ name }) => name).slice(-2)).toEqual(['upload', 'delete']);
    }, 120_000);

    test.each([
      ['deletes what S3 took and nobody answered for', undefined, ['health', 'delete'], /^((?!deleted).)*$/s],
      [
        'names what it could not delete',
        'unavailable',
        ['health'],
        /And image [0-9a-f-]{36} could not be deleted/,
      ],
    ] as const)('%s', async (_what, ofDelete, done, says) => {
      const { stage, ports, tokenOf } = running();
      const lost = { PUT: 'answer-lost', DELETE: ofDelete } as const;
      const next = (method: string) => lost[method as keyof typeof lost];
      const network = await startBadNetwork({
        ...{ apiPort: ports.api, s3Port: ports.aws, outliveMilliseconds: 0, next },
      });
      const options = { token: await tokenOf('smoke'), patienceSeconds: 0 };
      const client = createClient({ ...options, api: network.url });
      const steps: Step[] = [];
      const failing = smoke({ client, stage, waitSeconds: 60, onStep: (step) => steps.push(step) });

      await expect(failing).rejects.toMatchObject({ step: 'upload', message: expect.stringMatching(says) });
      expect(steps.map(({ name }) => name)).toEqual(['put aside before', ...done]);
      expect(network.counts['answer-lost']).toBeGreaterThan(0);
      await network.close();
    });

    test('names the step that does not come out as it must', async () => {
      const { api, stage } = running();
      const stranger = createClient({ api, token: 'no token', patienceSeconds: 0 });
      const failing = smoke({ client: stranger, stage, waitSeconds: 60, onStep: () => {} });

      await expect(failing).rejects.toBeInstanceOf(StepFailed);
      await expect(failing).rejects.toMatchObject({ step: 'upload' });
    });
  });
}
