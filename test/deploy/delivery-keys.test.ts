// npm run delivery-keys as its user types it, against Secrets Manager as moto has it: the first key, the same again, a
// rotation to its end, and what can be wrong.

import { execFile } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetSecretValueCommand,
  paginateListSecrets,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyFile } from '../../scripts/delivery-keys/key-file.ts';
import { credentials } from './support/copied-project.ts';
import { hasMoto, type Moto, startMoto, withoutMoto } from './support/moto.ts';

describe.skipIf(!hasMoto)(`the keys of a stage${withoutMoto}`, { timeout: 60_000 }, () => {
  let moto: Moto;
  let folder: string;
  let secrets: SecretsManagerClient;

  beforeAll(async () => {
    moto = await startMoto();
    folder = await mkdtemp(join(tmpdir(), 'keys-'));
    secrets = new SecretsManagerClient({
      ...{ endpoint: moto.endpoint, region: 'eu-west-1' },
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    });
  });
  afterAll(async () => {
    secrets.destroy();
    moto.stop();
    await rm(folder, { recursive: true });
  });

  const run = (
    words: readonly string[],
    environment: Readonly<Record<string, string>> = { ...credentials, AWS_ENDPOINT_URL: moto.endpoint },
  ) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const { PATH = '' } = process.env;
      const given = ['scripts/delivery-keys.ts', '--stage', 'prod', '--region', 'eu-west-1', ...words];
      const env = { PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...environment };
      execFile(process.execPath, given, { env }, (error, stdout, stderr) =>
        resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
      );
    });
  const here = (...words: string[]) => run(['--folder', join(folder, 'keys'), ...words]);
  const noted = async () =>
    JSON.parse(await readFile(join(folder, 'keys/prod.eu-west-1.json'), 'utf8')) as KeyFile;

  async function secretNames(): Promise<string[]> {
    const names: string[] = [];
    for await (const { SecretList = [] } of paginateListSecrets({ client: secrets }, {}))
      names.push(...SecretList.map(({ Name = '' }) => Name));
    return names.sort();
  }

  it('are not made by a dry run', async () => {
    expect(await here()).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing was changed') });

    expect(await secretNames()).toEqual([]);
    await expect(noted()).rejects.toThrow('ENOENT');
  });

  it('are halves of one pair, the private one a secret that the key is named by', async () => {
    const { code, stdout } = await here('--yes');

    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('--region eu-west-1\n') });
    const { signing, keys } = await noted();
    expect(keys.map(({ id }) => id)).toEqual([signing]);
    const SecretId = `darkroom/prod/delivery-key-${signing}`;
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    const key = createPrivateKey({
      ...{ key: Buffer.from(SecretString, 'base64'), format: 'der', type: 'pkcs8' },
    });
    expect(createPublicKey(key).export({ type: 'spki', format: 'pem' })).toBe(keys[0]?.publicKey);
    expect(stdout).not.toContain(SecretString);
  });

  it('are left as they are when they are there', async () => {
    const [before, names] = [await noted(), await secretNames()];

    expect(await here('--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('has keys already'),
    });
    expect([await noted(), await secretNames()]).toEqual([before, names]);
  });

  it('are replaced in three steps, of which one makes a secret and none deletes one', async () => {
    const first = (await noted()).signing;
    const steps: KeyFile[] = [];
    for (let step = 0; step < 3; step += 1) {
      expect(await here('--rotate', '--yes')).toMatchObject({ code: 0 });
      steps.push(await noted());
    }
    const second = steps[0]?.keys[1]?.id ?? '';

    expect(steps.map(({ signing, keys }) => [signing, ...keys.map(({ id }) => id)])).toEqual([
      [first, first, second],
      [second, first, second],
      [second, second],
    ]);
    expect(await secretNames()).toEqual(
      [first, second].map((id) => `darkroom/prod/delivery-key-${id}`).sort(),
    );
  });

  it('are not made where they could not be noted', async () => {
    const names = await secretNames();
    const closed = join(folder, 'a-file');
    await writeFile(closed, '');

    expect(await run(['--yes', '--folder', join(closed, 'keys')])).toMatchObject({ code: 1 });
    expect(await secretNames()).toEqual(names);
  });

  it.each([
    ['no credentials', {}, 'There are no AWS credentials for stage prod at AWS eu-west-1: set AWS_PROFILE'],
    [
      'nobody who answers',
      { ...credentials, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
      'Nothing answers at 127.0.0.1:9.',
    ],
  ])('say of %s what to set, in one line', async (_what, environment, line) => {
    const answer = await run(['--yes', '--folder', join(folder, 'other')], environment);

    expect(answer).toMatchObject({ code: 1, stderr: expect.stringContaining(line) });
    expect(answer.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('say of a damaged file which it is, in one line', async () => {
    await mkdir(join(folder, 'damaged'));
    await writeFile(join(folder, 'damaged/prod.eu-west-1.json'), '{');

    const { code, stderr } = await run(['--yes', '--folder', join(folder, 'damaged')]);

    expect({ code, stderr }).toEqual({
      ...{
        code: 1,
        stderr: `${join(folder, 'damaged/prod.eu-west-1.json')} is damaged: take it from version control again.\n`,
      },
    });
  });
});
