// npm run remove of a stage whose data goes with it: buckets with everything that a bucket can have in it, and uploads that go
// on meanwhile. What is removed is deployed by the framework first, into an account on loopback.

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { FakeAws } from './fake-aws/server.ts';
import { asPacked, type DeploymentAccount, openAccount } from './support/deployment-account.ts';

let account: DeploymentAccount;
let aws: FakeAws;

/** A deployment packs every function: some seconds, and more where the machine is busy. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

beforeAll(async () => {
  account = await openAccount();
  aws = account.aws;
  await deploy();
});
afterAll(() => account.close());

const originals = 'darkroom-dev-originals-111122223333-eu-central-1';
const bucket = () => aws.buckets.get(originals);

async function deploy(options = ''): Promise<void> {
  const { code, output } = await account.project.serverless(`deploy ${options}`.trim());
  expect({ code, output }).toMatchObject({ code: 0 });
}

const remove = (options = '') => account.project.node(`scripts/remove.ts --stage dev ${options}`.trim());

/** Stores photos, as clients do. */
function put(...keys: readonly string[]): void {
  const photo = { body: Buffer.from('photo'), metadata: {}, modifiedAt: new Date() };
  for (const key of keys) bucket()?.put(key, photo);
}

it('says what goes, and changes nothing until it is told to', async () => {
  put('originals/1', 'originals/2');
  aws.stacks.changes.splice(0);

  const { code, output } = await remove();

  expect(code).toBe(0);
  expect(output).toContain(`bucket ${originals}: 2 objects and old versions`);
  expect(output).toContain('A dry run: add --yes');
  expect(aws.stacks.changes).toEqual([]);
  expect(bucket()?.objects()).toHaveLength(2);
});

it('gives up where somebody goes on storing, says what to do, and can be asked once more', async () => {
  aws.stacks.onDelete = () => put(`originals/${aws.calls.length}`);
  const { code, output } = await remove('--yes').finally(() => delete aws.stacks.onDelete);

  expect(code).toBe(1);
  expect(output).toContain(
    '3 times: find who still writes there, stop them, and say npm run remove once more.',
  );
  expect(bucket()?.isEmpty).toBe(false);
  expect(await remove('--yes')).toMatchObject({ code: 0 });
  expect(bucket()).toBeUndefined();
});

it('says of a stage that is gone that there is none', async () => {
  const { code, output } = await remove('--yes');

  expect(code).toBe(1);
  expect(output).toContain('There is no stack darkroom-dev in eu-central-1');
});

it('empties what goes page by page, old versions and marks of deletions too, and again what came meanwhile', async () => {
  await deploy(asPacked);
  const keys = Array.from({ length: 1200 }, (_, number) => `originals/${number}`);
  put(...keys, ...keys.slice(0, 900));
  for (const key of keys.slice(600)) bucket()?.delete(key);
  expect([bucket()?.versions().length, bucket()?.objects().length]).toEqual([2700, 600]);
  aws.calls.splice(0);
  aws.stacks.onDelete = () => {
    put('originals/late');
    delete aws.stacks.onDelete;
  };

  const { code, output } = await remove('--yes');

  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toContain(`bucket ${originals}: more than 999 objects and old versions`);
  expect(output).toContain(`Something was stored in ${originals} while the stack was being deleted`);
  expect(output).toContain('once more (2 of 3)');
  // Three pages, and the late one.
  expect(aws.calls.filter((call) => call === `s3:POST ${originals}`)).toHaveLength(4);
  expect(bucket()).toBeUndefined();
});
