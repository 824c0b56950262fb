// What `serverless deploy` checks before it asks anything of AWS, run on what `serverless package` really made.

import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import type { Template } from '../../scripts/local/template/types.ts';
import { withKeys } from '../support/delivery-keys.ts';

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

  // The stage that is packaged has no distribution.
  const delivered = await compileProject({ stage: 'prod', params: withKeys() });
  const known = { ...Outputs, ...delivered.template.Outputs };
  expect(documented.filter((name) => !(name in known))).toEqual([]);
  expect(documented.length).toBeGreaterThanOrEqual(9);
  for (const [name, { Value, Condition }] of Object.entries(Outputs)) {
    const { Ref } = Value as { Ref?: string };
    if (Ref !== undefined) expect(Resources[Ref]?.Condition, name).toBe(Condition);
    if (Condition !== undefined) expect(Conditions).toHaveProperty(Condition);
  }
});

test('every alias leads to the version that is published with it', async () => {
  const text = await readFile(join(packageFolder, 'cloudformation-template-update-stack.json'), 'utf8');
  const { Resources } = JSON.parse(text) as Template;
  const aliases = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Alias');

  expect(aliases.length).toBeGreaterThanOrEqual(6);
  for (const { Properties } of aliases) {
    const { FunctionVersion } = Properties as { FunctionVersion?: { 'Fn::GetAtt'?: string[] } };
    const [published = '', attribute] = FunctionVersion?.['Fn::GetAtt'] ?? [];
    expect(attribute).toBe('Version');
    expect(Resources[published]?.Properties?.['FunctionName']).toEqual(Properties?.['FunctionName']);
  }
});

test('the layer lies where a deployment takes it from, and functions name it', async () => {
  const text = await readFile(join(packageFolder, 'cloudformation-template-update-stack.json'), 'utf8');
  const { Resources } = JSON.parse(text) as Template;
  const layers = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::LayerVersion');
  const files = layers.map(([, { Properties = {} }]) => {
    const { S3Key = '' } = Properties['Content'] as { S3Key?: string };
    return join(packageFolder, 'layers', basename(S3Key));
  });

  await expect(Promise.all(files.map((file) => access(file)))).resolves.toHaveLength(1);
  expect(Resources['RenditionsLambdaFunction']?.Properties?.['Layers']).toEqual(
    layers.map(([Ref]) => ({ Ref })),
  );
});

test('every zip lies where a deployment compares it with what is deployed', async () => {
  const { service } = await readState();
  const artifacts = Object.entries(service.functions);

  expect(artifacts.length).toBeGreaterThanOrEqual(6);
  for (const [name, { package: own }] of artifacts)
    expect(own.artifact).toBe(join('.serverless', `${name}.zip`));
});
