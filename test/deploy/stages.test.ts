// A second stage beside the first, with keys and a page, in one region and in another.

import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { asPacked, undelivered } from './support/deployment-account.ts';
import { useDeployments } from './support/deployments.ts';

const deployments = useDeployments();

beforeAll(async () => {
  await deployments.succeed('deploy');
});

/** The first thing of a stage that is not a developer's own. */
const makeKeys = 'npm run delivery-keys -- --stage prod --region eu-central-1 --yes';

const pageBucket = 'darkroom-prod-page-111122223333-eu-central-1';

describe('a stage beside it', () => {
  it('is refused without keys that URLs are signed with, and nothing is asked of AWS', async () => {
    deployments.aws.calls.splice(0);
    const { code, output } = await deployments.project.serverless('deploy --stage prod');

    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(`${makeKeys}\n`) });
    expect(output).not.toMatch(/^ {4}at /m);
    expect(output.split(makeKeys)).toHaveLength(2);
    expect(deployments.aws.calls).toEqual([]);
  });

  it('has them from the command that the refusal names', async () => {
    const [, tool, options] = /npm run (\S+) -- (.+)/.exec(makeKeys) ?? [];
    const { code, output } = await deployments.project.node(`scripts/${tool}.ts ${options}`);

    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('Done. Commit') });
    expect(deployments.aws.calls).toEqual([
      expect.stringMatching(/CreateSecret darkroom\/prod\/delivery-key-[0-9a-f]{8}$/),
    ]);
  });

  it('is made in the same region', async () => {
    await deployments.succeed('deploy --stage prod');

    expect(deployments.changes()).toContain('darkroom-prod: create ImagesTable');
  });

  it('has the page, which is told where the API is and whom it signs in at', () => {
    const page = deployments.aws.buckets.get(pageBucket);
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
    const before = new Map(deployments.aws.buckets.get(pageBucket)?.objects());

    const output = await deployments.succeed(`deploy --stage prod ${asPacked}`);

    expect(output).toContain('No changes to deploy');
    expect(output).toMatch(/page: https:\S+ \(2 files put, 0 deleted\)/);
    expect(deployments.changes()).toEqual([]);
    const news = (deployments.aws.buckets.get(pageBucket)?.objects() ?? []).filter(
      ([key, one]) => before.get(key) !== one,
    );
    expect(news.map(([key]) => key).sort()).toEqual([
      ...['index.html', 'page.json', expect.stringMatching(/^page\/page-\w+\.css$/)],
    ]);
  });

  it('has nothing put when nothing has changed', async () => {
    deployments.aws.calls.splice(0);
    expect(await deployments.succeed(`deploy --stage prod ${asPacked}`)).toMatch(
      /page: https:\S+ \(nothing has changed\)/,
    );

    expect(deployments.aws.calls.filter((call) => /^s3:(PUT|POST)/.test(call))).toEqual([]);
  });

  it('is not changed when the page cannot be built, and a line says where', async () => {
    const path = join(deployments.project.folder, 'web/src/page.ts');
    const before = await readFile(path, 'utf8');
    await appendFile(path, '\nconst = 1;\n');
    deployments.aws.calls.splice(0);
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
    expect(deployments.aws.calls.filter((call) => /ChangeSet|s3:PUT/.test(call))).toEqual([]);
  });

  it('is made again in a second region', async () => {
    await deployments.makeKeys('prod', 'us-east-1');
    await deployments.succeed('deploy --stage prod --region us-east-1');

    expect(deployments.changes()).toContain('darkroom-prod: create OriginalsBucket');
    expect(
      deployments.aws.buckets.get('darkroom-prod-page-111122223333-us-east-1')?.get('index.html'),
    ).toBeDefined();
    expect([...deployments.aws.buckets.keys()]).toContain('darkroom-prod-originals-111122223333-us-east-1');
  });

  it('can be deployed without a distribution after one with it, and its page is gone then', async () => {
    deployments.changes();
    await deployments.succeed(`deploy --stage prod --region us-east-1 ${undelivered}`);

    expect(deployments.changes()).toEqual(
      expect.arrayContaining(['PageBucket', 'Distribution'].map((name) => `darkroom-prod: delete ${name}`)),
    );
    expect(deployments.aws.buckets.has('darkroom-prod-page-111122223333-us-east-1')).toBe(false);
  });
});
