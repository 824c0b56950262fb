// A second stage beside the first, with keys, a page and protected data; a second region; and what stays when it is removed.

import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Template } from '../../scripts/local/template/types.ts';
import type { FakeAws } from './fake-aws/server.ts';
import { asPacked, undelivered, unprotected } from './support/deployment-account.ts';
import { type Deployments, openDeployments } from './support/deployments.ts';

let deployments: Deployments;
let aws: FakeAws;

beforeAll(async () => {
  deployments = await openDeployments();
  aws = deployments.aws;
  await deployments.succeed('deploy');
});
afterAll(() => deployments.close());

/** A deployment packs every function: some seconds, and more where the machine is busy. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** The first thing of a stage that is not a developer's own. */
const makeKeys = 'npm run delivery-keys -- --stage prod --region eu-central-1 --yes';

const pageBucket = 'darkroom-prod-page-111122223333-eu-central-1';

describe('a stage beside it', () => {
  it('is refused without keys that URLs are signed with, and nothing is asked of AWS', async () => {
    aws.calls.splice(0);
    const { code, output } = await deployments.project.serverless('deploy --stage prod');

    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(`${makeKeys}\n`) });
    expect(output).not.toMatch(/^ {4}at /m);
    expect(aws.calls).toEqual([]);
  });

  it('has them from the command that the refusal names', async () => {
    const [, tool, options] = /npm run (\S+) -- (.+)/.exec(makeKeys) ?? [];
    const { code, output } = await deployments.project.node(`scripts/${tool}.ts ${options}`);

    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('Done. Commit') });
    expect(aws.calls).toEqual([
      expect.stringMatching(/CreateSecret darkroom\/prod\/delivery-key-[0-9a-f]{8}$/),
    ]);
  });

  it('is made in the same region', async () => {
    await deployments.succeed('deploy --stage prod');

    expect(deployments.changes()).toContain('darkroom-prod: create ImagesTable');
  });

  it('has the page, which is told where the API is and whom it signs in at', () => {
    const page = aws.buckets.get(pageBucket);
    const html = page?.get('index.html')?.body.toString() ?? '';
    const loaded = html.match(/(?<=")\/page\/[\w-]+\.(?:js|css)(?=")/g) ?? [];

    expect(loaded.length).toBeGreaterThan(1);
    for (const path of loaded)
      expect(page?.get(path.slice(1))?.headers?.['cache-control']).toContain('immutable');
    expect(JSON.parse(page?.get('page/config.json')?.body.toString() ?? '')).toEqual({
      api: expect.stringMatching(/^https:\/\/.*Distribution.*DomainName$/),
      signIn: {
        issuer: expect.stringContaining('UserPool'),
        ...{ clientId: expect.stringContaining('UserPoolClient'), scope: 'openid email darkroom/images' },
      },
    });
  });

  it('has the page alone changed when nothing else has', async () => {
    deployments.changes();
    await appendFile(join(deployments.project.folder, 'web/page.css'), '\nmain { min-width: 1px; }\n');
    const before = new Map(aws.buckets.get(pageBucket)?.objects());

    const output = await deployments.succeed(`deploy --stage prod ${asPacked}`);

    expect(output).toContain('No changes to deploy');
    expect(output).toMatch(/page: https:\S+ \(2 files put, 0 deleted\)/);
    expect(deployments.changes()).toEqual([]);
    const news = (aws.buckets.get(pageBucket)?.objects() ?? []).filter(
      ([key, one]) => before.get(key) !== one,
    );
    expect(news.map(([key]) => key).sort()).toEqual([
      ...['index.html', 'page.json', expect.stringMatching(/^page\/page-\w+\.css$/)],
    ]);
  });

  it('has nothing put when nothing has changed', async () => {
    aws.calls.splice(0);
    expect(await deployments.succeed(`deploy --stage prod ${asPacked}`)).toMatch(
      /page: https:\S+ \(nothing has changed\)/,
    );

    expect(aws.calls.filter((call) => /^s3:(PUT|POST)/.test(call))).toEqual([]);
  });

  it('is not changed when the page cannot be built, and a line says where', async () => {
    const path = join(deployments.project.folder, 'web/src/page.ts');
    const before = await readFile(path, 'utf8');
    await appendFile(path, '\nconst = 1;\n');
    aws.calls.splice(0);
    const { code, output } = await deployments.project
      .serverless(`deploy --stage prod ${asPacked}`)
      .finally(() => writeFile(path, before));

    expect({ code, output }).toEqual({
      ...{
        code: 1,
        output: expect.stringMatching(/The page cannot be built: web\/src\/page\.ts, line \d+: /),
      },
    });
    expect(output).not.toMatch(/^ {4}at /m);
    expect(aws.calls.filter((call) => /ChangeSet|s3:PUT/.test(call))).toEqual([]);
  });

  it('is made again in a second region', async () => {
    await deployments.makeKeys('prod', 'us-east-1');
    await deployments.succeed('deploy --stage prod --region us-east-1');

    expect(deployments.changes()).toContain('darkroom-prod: create OriginalsBucket');
    expect(aws.buckets.get('darkroom-prod-page-111122223333-us-east-1')?.get('index.html')).toBeDefined();
    expect([...aws.buckets.keys()]).toContain('darkroom-prod-originals-111122223333-us-east-1');
  });

  it('can be made after a first attempt without protection that failed in the middle', async () => {
    await deployments.makeKeys('prod', 'eu-west-1');
    aws.stacks.failOnce.add('ReconcileLambdaFunction');
    const failed = await deployments.project.serverless(
      `deploy --stage prod --region eu-west-1 ${unprotected}`,
    );
    expect(failed.code).toBe(1);
    expect(failed.output).toContain('ReconcileLambdaFunction');

    await deployments.succeed('remove --stage prod --region eu-west-1');
    await deployments.succeed('deploy --stage prod --region eu-west-1');
  });

  it('can be deployed without a distribution after one with it, and its page is gone then', async () => {
    deployments.changes();
    await deployments.succeed(`deploy --stage prod --region eu-west-1 ${undelivered}`);

    expect(deployments.changes()).toEqual(
      expect.arrayContaining(['PageBucket', 'Distribution'].map((name) => `darkroom-prod: delete ${name}`)),
    );
    expect(aws.buckets.has('darkroom-prod-page-111122223333-eu-west-1')).toBe(false);
  });

  it('keeps its protected table when the first attempt fails, until somebody deletes that by hand', async () => {
    const [region, table] = ['eu-west-3', 'darkroom-prod-images'];
    await deployments.makeKeys('prod', region);
    aws.stacks.failOnce.add('ReconcileLambdaFunction');
    await deployments.project.serverless(`deploy --stage prod --region ${region}`);

    const again = await deployments.project.serverless(`deploy --stage prod --region ${region} ${asPacked}`);
    expect(again).toEqual({ code: 1, output: expect.stringContaining(`${table} already exists`) });

    aws.stacks.deleteByHand(region, 'AWS::DynamoDB::Table', table);
    await deployments.succeed(`deploy --stage prod --region ${region} ${asPacked}`);
  });
});

describe('a removal of prod', () => {
  it('says what would stay, and refuses', async () => {
    const { code, output } = await deployments.project.node(
      'scripts/remove.ts --stage prod --region us-east-1 --yes',
    );

    expect(code).toBe(1);
    expect(output).toContain('This stays');
    expect(output).toContain('AWS::DynamoDB::Table darkroom-prod-images');
    expect(output).toContain('deploys it once with --param deletionProtection=false first');
  });

  it('is refused until somebody means it, and says how', async () => {
    const { code, output } = await deployments.project.serverless('remove --stage prod --region us-east-1');

    expect(code).toBe(1);
    expect(output).toContain('update-termination-protection --no-enable-termination-protection');
    await deployments.succeed(`deploy --stage prod --region us-east-1 ${unprotected}`);
  });

  it('keeps its data, and asks for no keys', async () => {
    await rm(join(deployments.project.folder, 'resources/delivery-keys/prod.us-east-1.json'));
    deployments.changes();
    const words = 'scripts/remove.ts --stage prod --region us-east-1 --yes';
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
    await deployments.makeKeys('prod', 'us-east-1');
    await deployments.succeed(`package --stage prod --region us-east-1 --package kept ${unprotected}`);
    const packaged = await readFile(
      join(deployments.project.folder, 'kept/cloudformation-template-update-stack.json'),
      'utf8',
    );
    const { Conditions = {}, Resources } = JSON.parse(packaged) as Template;
    const found = Object.fromEntries(kept.map((name) => [name, structuredClone(Resources[name])]));
    delete found['OriginalsBucket']?.DependsOn;
    for (const name of left) delete found['OriginalsBucket']?.Properties?.[name];
    aws.stacks.adopt('us-east-1', 'darkroom-prod', { Conditions, Resources: found } as Template);
    deployments.changes();

    await deployments.succeed('deploy --stage prod --region us-east-1');

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
