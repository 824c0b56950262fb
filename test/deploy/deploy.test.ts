// The framework's own deployments, driven for real against an account on loopback: what it packs, what it asks for, and
// what is there afterwards. The project is copied, so that its code can change between two deployments. Who deploys may
// what resources/policies/deploy.json says, whoever removes what remove.json adds, and no more.

import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { apiOfStage } from '../../scripts/smoke/api-of-stage.ts';
import { asPacked, undelivered } from './support/deployment-account.ts';
import { published, useDeployments } from './support/deployments.ts';

const deployments = useDeployments();

describe('a deployment', () => {
  it('makes the stack, with every function’s zip where its template says', async () => {
    await deployments.succeed('deploy');

    const made = deployments.changes();
    expect(made).toContain('darkroom-dev: create ImagesTable');
    expect(made.filter((line) => line.endsWith('LambdaFunction')).length).toBeGreaterThanOrEqual(6);
    expect([...deployments.aws.buckets.keys()]).toContain('darkroom-dev-originals-111122223333-eu-central-1');
    expect(deployments.aws.stacks.find('eu-central-1', 'darkroom-dev').tags).toEqual({
      service: 'darkroom',
      stage: 'dev',
    });
  });

  it('tells tools where its API is', async () => {
    const client = new CloudFormationClient({
      ...{ region: 'eu-central-1', endpoint: deployments.aws.endpoint },
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    const place = 'here';

    expect(await apiOfStage(client, { name: 'dev', place })).toMatch(
      /^https:.*\.execute-api\.eu-central-1\./,
    );
    await expect(apiOfStage(client, { name: 'nowhere', place })).rejects.toThrow('name it as --api');
  });

  it('does nothing when nothing has changed', async () => {
    const output = await deployments.succeed('deploy');

    expect(output).toContain('No changes to deploy');
    expect(deployments.changes()).toEqual([]);
  });

  it('changes one function, and nothing but it, when its code alone has changed', async () => {
    await deployments.change('functions/health.ts');

    await deployments.succeed('deploy');

    const touched = deployments.changes();
    expect(touched).toContain('darkroom-dev: update HealthLambdaFunction');
    expect(touched.filter((line) => /Table|Bucket$|Queue$|Topic$/.test(line))).toEqual([]);
    expect(published(touched)).toEqual(['create HealthLambdaVersion', 'update HealthAlias']);
    expect(deployments.aws.stacks.releases.rollouts).toEqual([]);
  });
});

describe('the layer of imaging', () => {
  const [region, bucketOf] = ['eu-central-1', /^darkroom-dev-serverlessdeploymentbucket/];
  const uploads = () => {
    const [, bucket] = [...deployments.aws.buckets].find(([name]) => bucketOf.test(name)) ?? [];
    return bucket?.objects() ?? [];
  };
  const layers = () => uploads().filter(([key]) => key.includes('/layers/'));

  it('is uploaded once, and a release after that is small', async () => {
    const before = layers();
    const known = new Set(uploads().map(([key]) => key));
    expect(before).toHaveLength(1);
    await deployments.change('functions/renditions.ts');

    await deployments.succeed('deploy');

    expect(layers()).toEqual(before);
    const uploaded = uploads().filter(([key]) => !known.has(key));
    const bytes = uploaded.reduce((sum, [, { body }]) => sum + body.byteLength, 0);
    expect(uploaded.length).toBeGreaterThanOrEqual(6);
    expect(bytes).toBeLessThan(4_000_000);
    expect(published(deployments.changes())).toEqual([
      'create RenditionsLambdaVersion',
      'update RenditionsAlias',
    ]);
  });

  it('is another one, and so is the function’s version, when what is in it has changed', async () => {
    const before = layers();
    await deployments.change('shared/imaging/isolation/fonts/fonts.conf', '<!-- changed -->');

    await deployments.succeed('deploy');

    expect(layers()).toHaveLength(before.length + 1);
    const made = deployments.changes();
    expect(made.filter((line) => /ImagingLayer/.test(line)).map((line) => line.split(' ')[1])).toEqual([
      ...['create', 'delete'],
    ]);
    expect(published(made)).toEqual(['create RenditionsLambdaVersion', 'update RenditionsAlias']);
    const text = deployments.aws.stacks.find(region, 'darkroom-dev').template;
    expect(text).toContain(layers().at(-1)?.[0]);
  });

  it('leaves nothing to do when nothing has changed', async () => {
    expect(await deployments.succeed('deploy')).toContain('No changes to deploy');
  });
});

describe('a removal', () => {
  it('takes the stage away, which can then be deployed anew', async () => {
    deployments.changes();
    await deployments.succeed('remove');
    expect(deployments.changes()).toContain('darkroom-dev: delete ImagesTable');

    await deployments.succeed('deploy');

    expect(deployments.changes()).toContain('darkroom-dev: create ImagesTable');
  });
});

describe('what a deployment cannot do without', () => {
  it.each([
    ['a stage that buckets can be named after', '--stage Prod', '--stage Prod: buckets are named after it'],
    ['metrics in its log', '--stage dev --param logLevel=WARN', '--param logLevel=WARN: it is INFO or DEBUG'],
    [
      'pages that are named',
      '--stage prod --param allowedOrigins=*',
      'name the origins of stage prod, as https://photos.example',
    ],
    [
      'an issuer of tokens in China',
      '--region cn-north-1',
      'set the stage parameters jwtIssuer and jwtAudience',
    ],
    [
      'a region that has CloudFront, or a parameter',
      '--stage prod --region us-gov-west-1',
      'set the stage parameter delivery to none',
    ],
    [
      'a pace that there is',
      `--stage prod ${undelivered} --param canary=Slowly`,
      'canary: "Slowly" is none of off, AllAtOnce',
    ],
    ['a region that there is', '--region eu-centre-1', "Configuration error at 'provider.region'"],
  ])('is %s, and it says so before it asks anything of AWS', async (_what, options, line) => {
    deployments.aws.calls.splice(0);
    const { code, output } = await deployments.project.serverless(`deploy ${options}`);

    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(line) });
    expect(output).not.toMatch(/^ {4}at /m);
    expect((output.match(/Cannot resolve variable/g) ?? []).length).toBeLessThanOrEqual(1);
    expect(deployments.aws.calls).toEqual([]);
  });

  it('is credentials, and it says so', async () => {
    const { code, output } = await deployments.project.serverless(`deploy ${asPacked}`, {});

    expect(code).toBe(1);
    expect(output.split('\n')).toContain(
      `There are no AWS credentials for stage dev at ${deployments.aws.endpoint}: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
    );
  });

  it('is permission, and it names the action', async () => {
    deployments.aws.denied.add('cloudformation:DescribeStacks');
    const { code, output } = await deployments.project
      .serverless(`deploy ${asPacked}`)
      .finally(() => deployments.aws.denied.clear());

    expect(code).toBe(1);
    expect(output).toContain('not authorized to perform: cloudformation:DescribeStacks');
  });
});
