// What becomes of a stage's data when its first deployment fails, when the stage is removed, and when a new stack takes it up.

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Template } from '../../scripts/local/template/types.ts';
import { asPacked, unprotected } from './support/deployment-account.ts';
import { useDeployments } from './support/deployments.ts';

const region = 'eu-west-1';
const deployments = useDeployments();

describe('a stage', () => {
  it('can be made after a first attempt without protection that failed in the middle', async () => {
    await deployments.makeKeys('prod', region);
    deployments.aws.stacks.failOnce.add('ReconcileLambdaFunction');
    const failed = await deployments.project.serverless(
      `deploy --stage prod --region ${region} ${unprotected}`,
    );
    expect(failed.code).toBe(1);
    expect(failed.output).toContain('ReconcileLambdaFunction');

    await deployments.succeed(`remove --stage prod --region ${region}`);
    await deployments.succeed(`deploy --stage prod --region ${region}`);
  });

  it('keeps its protected table when the first attempt fails, until somebody deletes that by hand', async () => {
    const [elsewhere, table] = ['eu-west-3', 'darkroom-prod-images'];
    await deployments.makeKeys('prod', elsewhere);
    deployments.aws.stacks.failOnce.add('ReconcileLambdaFunction');
    await deployments.project.serverless(`deploy --stage prod --region ${elsewhere}`);

    const again = await deployments.project.serverless(
      `deploy --stage prod --region ${elsewhere} ${asPacked}`,
    );
    expect(again).toEqual({ code: 1, output: expect.stringContaining(`${table} already exists`) });

    deployments.aws.stacks.deleteByHand(elsewhere, 'AWS::DynamoDB::Table', table);
    await deployments.succeed(`deploy --stage prod --region ${elsewhere} ${asPacked}`);
  });
});

describe('a removal of prod', () => {
  it('says what would stay, and refuses', async () => {
    const { code, output } = await deployments.project.node(
      `scripts/remove.ts --stage prod --region ${region} --yes`,
    );

    expect(code).toBe(1);
    expect(output).toContain('This stays');
    expect(output).toContain('AWS::DynamoDB::Table darkroom-prod-images');
    expect(output).toContain('deploys it once with --param deletionProtection=false first');
  });

  it('is refused until somebody means it, and says how', async () => {
    const { code, output } = await deployments.project.serverless(`remove --stage prod --region ${region}`);

    expect(code).toBe(1);
    expect(output).toContain('update-termination-protection --no-enable-termination-protection');
    await deployments.succeed(`deploy --stage prod --region ${region} ${unprotected}`);
  });

  it('keeps its data, and asks for no keys', async () => {
    await rm(join(deployments.project.folder, `resources/delivery-keys/prod.${region}.json`));
    deployments.changes();
    const words = `scripts/remove.ts --stage prod --region ${region} --yes`;
    expect(await deployments.project.node(words)).toMatchObject({ code: 0 });

    const gone = deployments.changes();
    expect(gone).toContain('darkroom-prod: delete RenditionsQueue');
    expect(gone).toContain('darkroom-prod: delete PageBucket');
    expect(
      gone.filter((line) => /ImagesTable|OriginalsBucket$|RenditionsBucket$|UserPool$/.test(line)),
    ).toEqual([]);
  });
});

/** As docs/deploy.md has it. */
const kept = ['ImagesTable', 'OriginalsBucket', 'RenditionsBucket', 'UserPool'] as const;
/** Of the originals bucket: what refers to other resources. */
const left = ['NotificationConfiguration', 'CorsConfiguration'] as const;

describe('data that was kept', () => {
  it('is taken up by a new stack, which the next deployment makes whole', async () => {
    await deployments.makeKeys('prod', region);
    await deployments.succeed(`package --stage prod --region ${region} --package kept ${unprotected}`);
    const packaged = await readFile(
      join(deployments.project.folder, 'kept/cloudformation-template-update-stack.json'),
      'utf8',
    );
    const { Conditions = {}, Resources } = JSON.parse(packaged) as Template;
    const found = Object.fromEntries(kept.map((name) => [name, structuredClone(Resources[name])]));
    delete found['OriginalsBucket']?.DependsOn;
    for (const name of left) delete found['OriginalsBucket']?.Properties?.[name];
    deployments.aws.stacks.adopt(region, 'darkroom-prod', { Conditions, Resources: found } as Template);
    deployments.changes();

    await deployments.succeed(`deploy --stage prod --region ${region}`);

    const made = deployments.changes();
    expect(made).toContain('darkroom-prod: create RenditionsQueue');
    expect(made).toContain('darkroom-prod: update OriginalsBucket');
    for (const name of kept) expect(made).not.toContain(`darkroom-prod: create ${name}`);
  });

  it('is what docs/deploy.md lists', async () => {
    const text = await readFile('docs/deploy.md', 'utf8');

    expect(text).toContain(`{${kept.join(', ')}}`);
    expect(text).toContain(`.Properties[${left.map((name) => `"${name}"`).join(', ')}]`);
  });
});
