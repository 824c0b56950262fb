// The workflows of GitHub Actions: nothing that somebody else can change under us, no key that lives, and no way around staging.

import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly needs?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly 'timeout-minutes'?: number;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: object;
  readonly concurrency?: { readonly 'cancel-in-progress': boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = '.github/workflows';
const texts = readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')] as const);
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** What of a workflow breaks a rule, in sentences. */
function violations(text: string): string[] {
  const { on, permissions, concurrency, jobs } = load(text) as Workflow;
  const secrets = [...text.matchAll(/secrets\.(\w+)/g)].map(([, name = '']) => name);
  return [
    ...(Object.keys(on).some((event) => !['push', 'pull_request'].includes(event))
      ? ['runs on other events']
      : []),
    ...(JSON.stringify(permissions) === '{}' ? [] : ['gives permissions to every job']),
    ...(concurrency ? [] : ['may run twice at the same time']),
    ...secrets.filter((name) => name !== 'SMOKE_CLIENT_SECRET').map((name) => `knows the secret ${name}`),
    ...Object.entries(jobs).flatMap(([name, job]) => violationsOf(job).map((one) => `${name} ${one}`)),
  ];
}

function violationsOf({ permissions = {}, steps, ...job }: Job): string[] {
  const writes = Object.entries(permissions).filter(([, access]) => access !== 'read');
  const allowed = ['id-token', 'attestations'];
  return [
    ...(job['timeout-minutes'] === undefined ? ['may run for six hours'] : []),
    ...writes.filter(([name]) => !allowed.includes(name)).map(([name]) => `may write ${name}`),
    ...steps.flatMap(({ uses, run, with: inputs }) => [
      ...(uses !== undefined && !/@[0-9a-f]{40}$/.test(uses)
        ? [`uses ${uses}, which somebody can change`]
        : []),
      ...(uses?.startsWith('actions/checkout@') && inputs?.['persist-credentials'] !== false
        ? ['leaves the token of the checkout on the disk']
        : []),
      ...(inputs?.['aws-access-key-id'] === undefined ? [] : ['has a key of AWS that lives']),
      ...[...(run ?? '').matchAll(/\$\{\{/g)].map(() => 'puts an expression into a shell command'),
      ...[...(run ?? '').matchAll(/npm run ([\w:]+)/g)].flatMap(([, script = '']) =>
        script in scripts ? [] : [`runs ${script}, which package.json does not have`],
      ),
    ]),
  ];
}

describe.each(texts)('%s', (_name, text) => {
  it('keeps the rules', () => {
    expect(violations(text)).toEqual([]);
  });

  it('says beside each digest which release it is', () => {
    for (const line of text.split('\n').filter((one) => /uses: /.test(one)))
      expect(line).toMatch(/ # v\d+\.\d+\.\d+$/);
  });
});

describe('a release', () => {
  const text = readFileSync(`${folder}/release.yml`, 'utf8');
  const { jobs } = load(text) as Workflow;

  it('goes from tests over staging to prod, each with a smoke test after its deployment', () => {
    expect(Object.entries(jobs).map(([name, { needs }]) => [name, needs])).toEqual([
      ['test', undefined],
      ['attest', 'test'],
      ['staging', 'attest'],
      ['prod', 'staging'],
    ]);
    for (const stage of ['staging', 'prod']) {
      const { environment, steps = [] } = jobs[stage] ?? {};
      const commands = steps.flatMap(({ run }) => run ?? []);
      const position = (command: string) =>
        commands.findIndex((run) => run.startsWith(`npm run ${command} -- --stage ${stage}`));
      expect(environment).toBe(stage);
      expect(position('deploy')).toBeGreaterThan(0);
      expect(position('smoke')).toBeGreaterThan(position('deploy'));
    }
  });

  it('is never cut off, and shares no job with another one', () => {
    expect((load(text) as Workflow).concurrency).toEqual({ group: 'release', 'cancel-in-progress': false });
  });

  it('attests every zip, layer and bill of materials that is packaged', () => {
    const { steps = [], permissions } = jobs['attest'] ?? {};
    const packaged = steps.findIndex(({ run }) => run === 'npm run package');
    const attested = steps.findIndex(({ uses }) => uses?.startsWith('actions/attest-build-provenance@'));

    expect(packaged).toBeGreaterThan(0);
    expect(attested).toBeGreaterThan(packaged);
    expect(String(steps[attested]?.with?.['subject-path']).trim().split('\n')).toEqual([
      ...['.serverless/*.zip', '.serverless/*.cdx.json', '.serverless/layers/*'],
    ]);
    expect(permissions).toEqual({ contents: 'read', 'id-token': 'write', attestations: 'write' });
  });

  it.each(['staging', 'prod'])(
    'takes the role of %s by OIDC, before it deploys, and no other right',
    (stage) => {
      const { steps = [], permissions } = jobs[stage] ?? {};
      const role = steps.findIndex(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));

      expect(steps[role]?.with).toEqual({
        ...{ 'role-to-assume': `${'${{'} vars.AWS_ROLE_ARN }}`, 'aws-region': `${'${{'} vars.AWS_REGION }}` },
      });
      expect(role).toBeLessThan(steps.findIndex(({ run }) => run?.startsWith('npm run deploy')));
      expect(permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    },
  );

  it('tests what it releases as every change is tested, with no right but to read', () => {
    const tested = (load(readFileSync(`${folder}/test.yml`, 'utf8')) as Workflow).jobs['test'];

    expect(jobs['test']).toEqual(tested);
    expect(tested?.permissions).toEqual({ contents: 'read' });
    expect(tested?.steps.at(-1)?.run).toBe('.ci/run');
  });

  it.each([
    [
      'a tag in place of a digest',
      (of: string) => of.replace(/checkout@[0-9a-f]{40} # v5.0.0/, 'checkout@v5'),
    ],
    ['permissions for every job', (of: string) => of.replace('permissions: {}', 'permissions: write-all')],
    ['a secret', (of: string) => of.replace('vars.AWS_ROLE_ARN', 'secrets.AWS_SECRET_ACCESS_KEY')],
    ['somebody else’s pull request', (of: string) => of.replace('  push:', '  pull_request_target:')],
    ['a script that is not there', (of: string) => of.replace('npm run smoke', 'npm run sniff')],
    [
      'an expression in a command',
      (of: string) => of.replace('--stage staging', `--stage ${'${{'} vars.STAGE }}`),
    ],
  ])('is refused with %s', (_what, change) => {
    expect(change(text)).not.toBe(text);
    expect(violations(change(text))).not.toEqual([]);
  });
});
