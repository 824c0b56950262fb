// What `serverless deploy` checks before it asks anything of AWS, run on what `serverless package` really made.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import type { Template } from '../../scripts/local/template/types.ts';

const serviceDir = process.cwd();
const packageFolder = join(serviceDir, '.serverless');
const internal = (path: string) => createRequire(import.meta.url)(`serverless/lib/${path}`);

interface State {
  readonly package: { readonly individually?: boolean };
  readonly service: {
    readonly functions: Readonly<Record<string, { readonly package: { readonly artifact: string } }>>;
  };
}

beforeAll(async () => {
  await promisify(execFile)(join(serviceDir, 'node_modules/.bin/serverless'), ['package']);
});

async function readState(): Promise<State> {
  return JSON.parse(await readFile(join(packageFolder, 'serverless-state.json'), 'utf8')) as State;
}

/** The framework's own check, which `serverless package` never runs. */
async function validate({ service, package: { individually } }: State): Promise<void> {
  const { extendedValidate } = internal('plugins/aws/deploy/lib/extended-validate');
  const Utils = internal('classes/utils');
  const naming = { ...internal('plugins/aws/lib/naming') };
  const serverless = {
    serviceDir,
    utils: new Utils({}),
    service: {
      package: { individually },
      getAllFunctions: () => Object.keys(service.functions),
      getFunction: (name: string) => service.functions[name],
    },
  };
  naming.provider = { serverless: { service: { service: 'darkroom' } } };
  await extendedValidate.call({ provider: { naming }, serverless, packagePath: packageFolder });
}

test('a deployment finds a zip for every function', async () => {
  await expect(validate(await readState())).resolves.toBeUndefined();
});

test('the bucket of zips is closed to the world, encrypted, and answers by TLS alone', async () => {
  const text = await readFile(join(packageFolder, 'cloudformation-template-update-stack.json'), 'utf8');
  const { Resources } = JSON.parse(text) as Template;
  const properties = Resources['ServerlessDeploymentBucket']?.Properties;
  const policy = JSON.stringify(Resources['ServerlessDeploymentBucketPolicy']?.Properties);

  expect(properties).toMatchObject({
    PublicAccessBlockConfiguration: {
      ...{
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    },
    BucketEncryption: { ServerSideEncryptionConfiguration: [expect.anything()] },
  });
  expect(policy).toContain('"Effect":"Deny"');
  expect(policy).toContain('"aws:SecureTransport":false');
});

test('what somebody wants to know of a stage is among its outputs', async () => {
  const text = await readFile(join(packageFolder, 'cloudformation-template-update-stack.json'), 'utf8');
  const { Outputs = {}, Resources, Conditions = {} } = JSON.parse(text) as Template;
  const documented = [...(await readFile('docs/deploy.md', 'utf8')).matchAll(/^\| (`\w+`.*?) \|/gm)]
    .flatMap(([, names = '']) => names.match(/\w+/g) ?? [])
    .filter((name) => name !== 'test');

  expect(documented.filter((name) => !(name in Outputs))).toEqual([]);
  expect(documented.length).toBeGreaterThanOrEqual(9);
  for (const [name, { Value, Condition }] of Object.entries(Outputs)) {
    const { Ref } = Value as { Ref?: string };
    if (Ref !== undefined) expect(Resources[Ref]?.Condition, name).toBe(Condition);
    if (Condition !== undefined) expect(Conditions).toHaveProperty(Condition);
  }
});

test('every zip lies where a deployment compares it with what is deployed', async () => {
  const { service } = await readState();
  const artifacts = Object.entries(service.functions);

  expect(artifacts.length).toBeGreaterThanOrEqual(6);
  for (const [name, { package: own }] of artifacts)
    expect(own.artifact).toBe(join('.serverless', `${name}.zip`));
});
