// What keeps deployments possible: without each of these, a deployment that has to work fails.

import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  asPacked,
  type DeploymentAccount,
  openAccount,
  undelivered,
  unprotected,
} from './support/deployment-account.ts';

let account: DeploymentAccount;

beforeAll(async () => {
  account = await openAccount();
});
afterAll(() => account.close());

/** A deployment packs every function: some seconds, and more where the machine is busy. */
vi.setConfig({ testTimeout: 180_000 });

describe('what keeps deployments possible', () => {
  it('is a package of its own for each function', async () => {
    const { code, output } = await changed('serverless.yml', /individually: true/, 'individually: false', [
      `deploy --stage apart ${undelivered}`,
    ]);

    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('No darkroom.zip file found'),
    });
  });

  it('is the region in the name of a bucket', async () => {
    const { code, output } = await changed('resources/storage.yml', /-\$\{AWS::Region\}/g, '', [
      `deploy --stage prod --region eu-north-1 ${undelivered}`,
      `deploy --stage prod --region eu-south-1 ${undelivered} ${asPacked}`,
    ]);

    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('already exists') });
  });

  it('is that a creation which fails leaves no data behind', async () => {
    account.aws.stacks.failOnce.add('ReconcileLambdaFunction');
    const { code, output } = await changed('serverless.yml', /RetainExceptOnCreate/, 'Retain', [
      `deploy --stage prod --region sa-east-1 ${unprotected} ${undelivered}`,
      `remove --stage prod --region sa-east-1 ${undelivered}`,
      `deploy --stage prod --region sa-east-1 ${unprotected} ${undelivered} ${asPacked}`,
    ]);

    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('already exists') });
  });

  it('is that a version which was published by a failed release goes with it', async () => {
    const { releases } = account.aws.stacks;
    const stage = `--stage prod --region ap-south-1 ${undelivered}`;
    await account.project.serverless(`deploy ${stage}`);
    await appendFile(join(account.project.folder, 'functions/health.ts'), '\nexport const changed = true;\n');
    releases.ringing.add('darkroom-prod-release-5xx');
    const released = await changed('scripts/package/published.ts', /'RetainExceptOnCreate'/, "'Retain'", [
      `deploy ${stage}`,
    ]);
    releases.ringing.clear();
    expect(released).toEqual({ code: 1, output: expect.stringContaining('release-5xx is in alarm') });

    const { code, output } = await account.project.serverless(`deploy ${stage} ${asPacked}`);

    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('A version for this Lambda function exists'),
    });
  });
});

/** Runs commands with one file changed. @returns how the last of them ended */
async function changed(file: string, given: RegExp, instead: string, commands: readonly string[]) {
  const path = join(account.project.folder, file);
  const before = await readFile(path, 'utf8');
  expect(before).toMatch(given);
  await writeFile(path, before.replace(given, instead));
  let last = { code: 0, output: '' };
  try {
    for (const command of commands) last = await account.project.serverless(command);
  } finally {
    await writeFile(path, before);
  }
  return last;
}
