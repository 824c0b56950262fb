// The framework's own deployments, driven for real against an account on loopback: what it packs, what it asks for, and
// what is there afterwards. The project is copied, so that its code can change between two deployments. Who deploys may
// what resources/policies/deploy.json says, whoever removes what remove.json adds, and no more.

import { randomUUID } from 'node:crypto';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Template } from '../../scripts/local/template/types.ts';
import type { FakeAws } from './fake-aws/server.ts';
import type { CopiedProject } from './support/copied-project.ts';
import {
  asPacked,
  type DeploymentAccount,
  openAccount,
  undelivered,
  unprotected,
} from './support/deployment-account.ts';

let account: DeploymentAccount;
let aws: FakeAws;

beforeAll(async () => {
  account = await openAccount();
  aws = account.aws;
});
afterAll(() => account.close());

const serverless: CopiedProject['serverless'] = (...call) => account.project.serverless(...call);

/** A deployment packs every function: some seconds, and more where the machine is busy. */
vi.setConfig({ testTimeout: 180_000 });

/** The first thing of a stage that is not a developer's own. */
const makeKeys = 'npm run delivery-keys -- --stage prod --region eu-central-1 --yes';

const pageBucket = 'darkroom-prod-page-111122223333-eu-central-1';

/** What was done to resources since the last time, one line each. */
function changes(): string[] {
  return aws.stacks.changes
    .splice(0)
    .map(({ stack, action, logicalId }) => `${stack}: ${action} ${logicalId}`);
}

/** What became of versions and aliases, without the hashes that versions are named by. */
function published(lines: readonly string[]): string[] {
  return lines.flatMap((line) => /(?:create|update) \w+(?:LambdaVersion|Alias)/.exec(line)?.[0] ?? []).sort();
}

/** Changes the code of one function, or another file, and nothing else. */
function change(path: string, what?: string): Promise<void> {
  const name = `changed${randomUUID().replaceAll('-', '')}`;
  const added = what ?? `export const ${name} = true;`;
  return appendFile(join(account.project.folder, path), `\n${added}\n`);
}

async function mustSucceed(words: string): Promise<string> {
  const { code, output } = await serverless(words);
  expect({ code, output }).toMatchObject({ code: 0 });
  return output;
}

describe('a deployment', () => {
  it('makes the stack, with every function’s zip where its template says', async () => {
    await mustSucceed('deploy');

    const made = changes();
    expect(made).toContain('darkroom-dev: create ImagesTable');
    expect(made.filter((line) => line.endsWith('LambdaFunction')).length).toBeGreaterThanOrEqual(6);
    expect([...aws.buckets.keys()]).toContain('darkroom-dev-originals-111122223333-eu-central-1');
    expect(aws.stacks.find('eu-central-1', 'darkroom-dev').tags).toEqual({
      service: 'darkroom',
      stage: 'dev',
    });
  });

  it('does nothing when nothing has changed', async () => {
    const output = await mustSucceed('deploy');

    expect(output).toContain('No changes to deploy');
    expect(changes()).toEqual([]);
  });

  it('changes one function, and nothing but it, when its code alone has changed', async () => {
    await change('functions/health.ts');

    await mustSucceed('deploy');

    const touched = changes();
    expect(touched).toContain('darkroom-dev: update HealthLambdaFunction');
    expect(touched.filter((line) => /Table|Bucket$|Queue$|Topic$/.test(line))).toEqual([]);
    expect(published(touched)).toEqual(['create HealthLambdaVersion', 'update HealthAlias']);
    expect(aws.stacks.releases.rollouts).toEqual([]);
  });
});

describe('the layer of imaging', () => {
  const [region, bucketOf] = ['eu-central-1', /^darkroom-dev-serverlessdeploymentbucket/];
  const uploads = () => {
    const [, bucket] = [...aws.buckets].find(([name]) => bucketOf.test(name)) ?? [];
    return bucket?.objects() ?? [];
  };
  const layers = () => uploads().filter(([key]) => key.includes('/layers/'));

  it('is uploaded once, and a release after that is small', async () => {
    const before = layers();
    const known = new Set(uploads().map(([key]) => key));
    expect(before).toHaveLength(1);
    await change('functions/renditions.ts');

    await mustSucceed('deploy');

    expect(layers()).toEqual(before);
    const uploaded = uploads().filter(([key]) => !known.has(key));
    const bytes = uploaded.reduce((sum, [, { body }]) => sum + body.byteLength, 0);
    expect(uploaded.length).toBeGreaterThanOrEqual(6);
    expect(bytes).toBeLessThan(4_000_000);
    expect(published(changes())).toEqual(['create RenditionsLambdaVersion', 'update RenditionsAlias']);
  });

  it('is another one, and so is the function’s version, when what is in it has changed', async () => {
    const before = layers();
    await change('shared/imaging/isolation/fonts/fonts.conf', '<!-- changed -->');

    await mustSucceed('deploy');

    expect(layers()).toHaveLength(before.length + 1);
    const made = changes();
    expect(made.filter((line) => /ImagingLayer/.test(line)).map((line) => line.split(' ')[1])).toEqual([
      ...['create', 'delete'],
    ]);
    expect(published(made)).toEqual(['create RenditionsLambdaVersion', 'update RenditionsAlias']);
    const text = aws.stacks.find(region, 'darkroom-dev').template;
    expect(text).toContain(layers().at(-1)?.[0]);
  });

  it('leaves nothing to do when nothing has changed', async () => {
    expect(await mustSucceed('deploy')).toContain('No changes to deploy');
  });
});

describe('a release', () => {
  const stage = `--stage prod --region ap-south-1 ${undelivered}`;
  const gradual = 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute';

  it('is there at once when a stage is new: nobody has called it yet', async () => {
    await mustSucceed(`deploy ${stage}`);

    expect(published(changes())).toContain('create GetImageAlias');
    expect(aws.stacks.releases.rollouts).toEqual([]);
  });

  it('moves the alias of what has changed step by step in prod, and no other', async () => {
    await change('functions/get-image.ts');

    await mustSucceed(`deploy ${stage}`);

    expect(published(changes())).toEqual(['create GetImageLambdaVersion', 'update GetImageAlias']);
    expect(aws.stacks.releases.rollouts.splice(0)).toEqual([
      { stack: 'darkroom-prod', alias: 'GetImageAlias', configuration: gradual, isTakenBack: false },
    ]);
  });

  it('is taken back when an alarm rings, and can be made again when it is over', async () => {
    await change('functions/get-usage.ts');
    aws.stacks.releases.ringing.add('darkroom-prod-release-errors');

    const { code, output } = await serverless(`deploy ${stage}`);

    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('darkroom-prod-release-errors is in alarm'),
    });
    changes();
    const stack = aws.stacks.find('ap-south-1', 'darkroom-prod');
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    const before = stack.resources.get('GetUsageAlias')?.properties['FunctionVersion'];

    aws.stacks.releases.ringing.clear();
    await mustSucceed(`deploy ${stage}`);

    expect(stack.resources.get('GetUsageAlias')?.properties['FunctionVersion']).not.toBe(before);
    expect(aws.stacks.releases.rollouts.splice(0).map(({ isTakenBack }) => isTakenBack)).toEqual([
      true,
      false,
    ]);
  });

  it('passes alarms that ring when somebody means it: what mends them has to get there', async () => {
    await change('functions/get-usage.ts');
    aws.stacks.releases.ringing.add('darkroom-prod-release-errors');

    await mustSucceed(`deploy ${stage} --param canary=off`);

    aws.stacks.releases.ringing.clear();
    changes();
    expect(aws.stacks.releases.rollouts).toEqual([]);
  });

  it('goes back by hand to what was there before, by a version of its own', async () => {
    const path = join(account.project.folder, 'functions/get-usage.ts');
    const newer = await readFile(path, 'utf8');
    await writeFile(path, newer.slice(0, newer.lastIndexOf('\nexport const changed')));

    await mustSucceed(`deploy ${stage}`);

    expect(published(changes())).toContain('update GetUsageAlias');
  });
});

describe('a stage beside it', () => {
  it('is refused without keys that URLs are signed with, and nothing is asked of AWS', async () => {
    aws.calls.splice(0);
    const { code, output } = await serverless('deploy --stage prod');

    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(`${makeKeys}\n`) });
    expect(output).not.toMatch(/^ {4}at /m);
    expect(aws.calls).toEqual([]);
  });

  it('has them from the command that the refusal names', async () => {
    const [, tool, options] = /npm run (\S+) -- (.+)/.exec(makeKeys) ?? [];
    const { code, output } = await account.project.node(`scripts/${tool}.ts ${options}`);

    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('Done. Commit') });
    expect(aws.calls).toEqual([
      expect.stringMatching(/CreateSecret darkroom\/prod\/delivery-key-[0-9a-f]{8}$/),
    ]);
  });

  it('is made in the same region', async () => {
    await mustSucceed('deploy --stage prod');

    expect(changes()).toContain('darkroom-prod: create ImagesTable');
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
    changes();
    await appendFile(join(account.project.folder, 'web/page.css'), '\nmain { min-width: 1px; }\n');
    const before = new Map(aws.buckets.get(pageBucket)?.objects());

    const output = await mustSucceed(`deploy --stage prod ${asPacked}`);

    expect(output).toContain('No changes to deploy');
    expect(output).toMatch(/page: https:\S+ \(2 files put, 0 deleted\)/);
    expect(changes()).toEqual([]);
    const news = (aws.buckets.get(pageBucket)?.objects() ?? []).filter(
      ([key, one]) => before.get(key) !== one,
    );
    expect(news.map(([key]) => key).sort()).toEqual([
      ...['index.html', 'page.json', expect.stringMatching(/^page\/page-\w+\.css$/)],
    ]);
  });

  it('has nothing put when nothing has changed', async () => {
    aws.calls.splice(0);
    expect(await mustSucceed(`deploy --stage prod ${asPacked}`)).toMatch(
      /page: https:\S+ \(nothing has changed\)/,
    );

    expect(aws.calls.filter((call) => /^s3:(PUT|POST)/.test(call))).toEqual([]);
  });

  it('is not changed when the page cannot be built, and a line says where', async () => {
    const path = join(account.project.folder, 'web/src/page.ts');
    const before = await readFile(path, 'utf8');
    await appendFile(path, '\nconst = 1;\n');
    aws.calls.splice(0);
    const { code, output } = await serverless(`deploy --stage prod ${asPacked}`).finally(() =>
      writeFile(path, before),
    );

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
    await account.makeKeys('prod', 'us-east-1');
    await mustSucceed('deploy --stage prod --region us-east-1');

    expect(changes()).toContain('darkroom-prod: create OriginalsBucket');
    expect(aws.buckets.get('darkroom-prod-page-111122223333-us-east-1')?.get('index.html')).toBeDefined();
    expect([...aws.buckets.keys()]).toContain('darkroom-prod-originals-111122223333-us-east-1');
  });

  it('can be made after a first attempt without protection that failed in the middle', async () => {
    await account.makeKeys('prod', 'eu-west-1');
    aws.stacks.failOnce.add('ReconcileLambdaFunction');
    const failed = await serverless(`deploy --stage prod --region eu-west-1 ${unprotected}`);
    expect(failed.code).toBe(1);
    expect(failed.output).toContain('ReconcileLambdaFunction');

    await mustSucceed('remove --stage prod --region eu-west-1');
    await mustSucceed('deploy --stage prod --region eu-west-1');
  });

  it('can be deployed without a distribution after one with it, and its page is gone then', async () => {
    changes();
    await mustSucceed(`deploy --stage prod --region eu-west-1 ${undelivered}`);

    expect(changes()).toEqual(
      expect.arrayContaining(['PageBucket', 'Distribution'].map((name) => `darkroom-prod: delete ${name}`)),
    );
    expect(aws.buckets.has('darkroom-prod-page-111122223333-eu-west-1')).toBe(false);
  });

  it('keeps its protected table when the first attempt fails, until somebody deletes that by hand', async () => {
    const [region, table] = ['eu-west-3', 'darkroom-prod-images'];
    await account.makeKeys('prod', region);
    aws.stacks.failOnce.add('ReconcileLambdaFunction');
    await serverless(`deploy --stage prod --region ${region}`);

    const again = await serverless(`deploy --stage prod --region ${region} ${asPacked}`);
    expect(again).toEqual({ code: 1, output: expect.stringContaining(`${table} already exists`) });

    aws.stacks.deleteByHand(region, 'AWS::DynamoDB::Table', table);
    await mustSucceed(`deploy --stage prod --region ${region} ${asPacked}`);
  });
});

describe('a removal', () => {
  it('takes the stage away, which can then be deployed anew', async () => {
    changes();
    await mustSucceed('remove');
    expect(changes()).toContain('darkroom-dev: delete ImagesTable');

    await mustSucceed('deploy');

    expect(changes()).toContain('darkroom-dev: create ImagesTable');
  });

  it('says of prod what would stay, and refuses', async () => {
    const { code, output } = await account.project.node(
      'scripts/remove.ts --stage prod --region us-east-1 --yes',
    );

    expect(code).toBe(1);
    expect(output).toContain('This stays');
    expect(output).toContain('AWS::DynamoDB::Table darkroom-prod-images');
    expect(output).toContain('deploys it once with --param deletionProtection=false first');
  });

  it('of prod is refused until somebody means it, and says how', async () => {
    const { code, output } = await serverless('remove --stage prod --region us-east-1');

    expect(code).toBe(1);
    expect(output).toContain('update-termination-protection --no-enable-termination-protection');
    await mustSucceed(`deploy --stage prod --region us-east-1 ${unprotected}`);
  });

  it('keeps the data of prod, and asks for no keys', async () => {
    await rm(join(account.project.folder, 'resources/delivery-keys/prod.us-east-1.json'));
    changes();
    const words = 'scripts/remove.ts --stage prod --region us-east-1 --yes';
    expect(await account.project.node(words)).toMatchObject({ code: 0 });

    const gone = changes();
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
    await account.makeKeys('prod', 'us-east-1');
    await mustSucceed(`package --stage prod --region us-east-1 --package kept ${unprotected}`);
    const packaged = await readFile(
      join(account.project.folder, 'kept/cloudformation-template-update-stack.json'),
      'utf8',
    );
    const { Conditions = {}, Resources } = JSON.parse(packaged) as Template;
    const found = Object.fromEntries(kept.map((name) => [name, structuredClone(Resources[name])]));
    delete found['OriginalsBucket']?.DependsOn;
    for (const name of left) delete found['OriginalsBucket']?.Properties?.[name];
    aws.stacks.adopt('us-east-1', 'darkroom-prod', { Conditions, Resources: found } as Template);
    changes();

    await mustSucceed('deploy --stage prod --region us-east-1');

    const made = changes();
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
    aws.calls.splice(0);
    const { code, output } = await serverless(`deploy ${options}`);

    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(line) });
    expect(output).not.toMatch(/^ {4}at /m);
    expect(aws.calls).toEqual([]);
  });

  it('is credentials, and it says so', async () => {
    const { code, output } = await serverless(`deploy ${asPacked}`, {});

    expect(code).toBe(1);
    expect(output).toContain('credentials not found');
  });

  it('is permission, and it names the action', async () => {
    aws.denied.add('cloudformation:DescribeStacks');
    const { code, output } = await serverless(`deploy ${asPacked}`).finally(() => aws.denied.clear());

    expect(code).toBe(1);
    expect(output).toContain('not authorized to perform: cloudformation:DescribeStacks');
  });
});
