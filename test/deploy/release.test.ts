// How a release gets to prod, and back: versions, the alias that is moved step by step, and alarms that take it back.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { undelivered } from './support/deployment-account.ts';
import { published, useDeployments } from './support/deployments.ts';

const deployments = useDeployments();

describe('a release', () => {
  const stage = `--stage prod --region ap-south-1 ${undelivered}`;
  const gradual = 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute';

  it('is there at once when a stage is new: nobody has called it yet', async () => {
    await deployments.succeed(`deploy ${stage}`);

    expect(published(deployments.changes())).toContain('create GetImageAlias');
    expect(deployments.aws.stacks.releases.rollouts).toEqual([]);
  });

  it('moves the alias of what has changed step by step in prod, and no other', async () => {
    await deployments.change('functions/get-image.ts');

    await deployments.succeed(`deploy ${stage}`);

    expect(published(deployments.changes())).toEqual([
      'create GetImageLambdaVersion',
      'update GetImageAlias',
    ]);
    expect(deployments.aws.stacks.releases.rollouts.splice(0)).toEqual([
      { stack: 'darkroom-prod', alias: 'GetImageAlias', configuration: gradual, isTakenBack: false },
    ]);
  });

  it('is taken back when an alarm rings, and can be made again when it is over', async () => {
    await deployments.change('functions/get-usage.ts');
    deployments.aws.stacks.releases.ringing.add('darkroom-prod-release-errors');

    const { code, output } = await deployments.project.serverless(`deploy ${stage}`);

    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('darkroom-prod-release-errors is in alarm'),
    });
    deployments.changes();
    const stack = deployments.aws.stacks.find('ap-south-1', 'darkroom-prod');
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    const before = stack.resources.get('GetUsageAlias')?.properties['FunctionVersion'];

    deployments.aws.stacks.releases.ringing.clear();
    await deployments.succeed(`deploy ${stage}`);

    expect(stack.resources.get('GetUsageAlias')?.properties['FunctionVersion']).not.toBe(before);
    expect(deployments.aws.stacks.releases.rollouts.splice(0).map(({ isTakenBack }) => isTakenBack)).toEqual([
      true,
      false,
    ]);
  });

  it('passes alarms that ring when somebody means it: what mends them has to get there', async () => {
    await deployments.change('functions/get-usage.ts');
    deployments.aws.stacks.releases.ringing.add('darkroom-prod-release-errors');

    await deployments.succeed(`deploy ${stage} --param canary=off`);

    deployments.aws.stacks.releases.ringing.clear();
    deployments.changes();
    expect(deployments.aws.stacks.releases.rollouts).toEqual([]);
  });

  it('goes back by hand to what was there before, by a version of its own', async () => {
    const path = join(deployments.project.folder, 'functions/get-usage.ts');
    const newer = await readFile(path, 'utf8');
    await writeFile(path, newer.slice(0, newer.lastIndexOf('\nexport const changed')));

    await deployments.succeed(`deploy ${stage}`);

    expect(published(deployments.changes())).toContain('update GetUsageAlias');
  });
});
