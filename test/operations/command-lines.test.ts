// Every tool as it is typed: it names its options, and says in one line what it does not understand.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runScript } from '../../scripts/chaos/run-script.ts';
import { compileProject } from '../../scripts/local/template/compile.ts';

const ofStage = ['--stage', '--region', '--json'];

/** By the name that `npm run` knows. A tool that is not here fails the first test. */
const flagsOf: Readonly<Record<string, readonly string[]>> = {
  demo: ['--api', '--token', '--concurrency', '--wait', '--write-sample'],
  token: ['--expires'],
  owner: [],
  inspect: ['--json', '--out'],
  fuzz: ['--seconds', '--mutations', '--seed', '--corpus', '--out'],
  invoke: ['--json'],
  reconcile: ['--dry-run', '--max-images', ...ofStage],
  dlq: [
    '--queue',
    '--code',
    '--image',
    '--older-than',
    '--each',
    '--yes',
    '--max-messages',
    '--visibility',
    ...ofStage,
  ],
  remove: ['--stage', '--region', '--yes'],
  smoke: ['--api', '--token', '--wait', ...ofStage],
  image: ['--yes', '--since', ...ofStage],
  backfill: [
    ...['--bucket', '--prefix', '--stale', '--rate', '--concurrency', '--max-objects', '--page-size'],
    ...['--checkpoint', '--yes', '--dry-run', ...ofStage],
  ],
  cost: ['--images', '--megapixels', '--variants', '--months', '--views', '--delivery', '--batch', '--json'],
  'delivery-keys': ['--stage', '--region', '--rotate', '--folder', '--yes'],
  chaos: ['--uploads', '--minutes', '--soak', '--one-by-one', '--tools', '--kills', '--keep', '--json'],
  docs: ['--check'],
  bench: ['--photos', '--runs', '--quick', '--json', '--out'],
  mutate: ['--percent', '--full', '--seed', '--room'],
  'check:licenses': [],
  'build:client': [],
  picture: [],
};

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const tools = Object.entries(scripts).flatMap(([name, command]) => {
  const [, path] = /^node scripts\/(.+)\.ts$/.exec(command) ?? [];
  return path === undefined || /^(pre|post)/.test(name) ? [] : { name, path };
});

describe('the tools', () => {
  it('are all of these', () => {
    expect(tools.map(({ name }) => name).toSorted()).toEqual(Object.keys(flagsOf).toSorted());
  });

  it.each(tools)('$name names each option in its help', async ({ name, path }) => {
    const { exitCode, stdout, stderr } = await runScript(path, ['--help']);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [usage = ''] = stdout.split('\n');
    expect(usage).toMatch(new RegExp(`^Usage: npm run ${name} -- `));
    const named = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, option]) => option);
    expect(named).toEqual(expect.arrayContaining([...(flagsOf[name] ?? []), '--help']));
  });

  it.each(tools)('$name refuses an option that it does not know', async ({ name, path }) => {
    const { exitCode, stdout, stderr } = await runScript(path, ['--no-such-option']);

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toBe(`Unknown option '--no-such-option'. See npm run ${name} -- --help.\n`);
  });

  it('smoke names the output that has the API’s URL', async () => {
    const { stdout } = await runScript('smoke', ['--help']);
    const [, named] = /the output (\w+) of the stack/.exec(stdout.replaceAll(/\s+/g, ' ')) ?? [];
    const { template } = await compileProject();

    expect(template.Outputs?.[named ?? '']?.Value).toMatchObject({
      'Fn::Join': [expect.anything(), expect.arrayContaining(['.execute-api.'])],
    });
  });

  it('smoke asks for a token of the stage', async () => {
    const { exitCode, stdout, stderr } = await runScript('smoke', ['--stage', 'prod']);

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('Give a --token');
  });

  it.each(['Prod', 'prod_2', '2prod', 'a-stage-of-16-let'])(
    'delivery-keys makes none for stage %s, which could not be deployed',
    async (stage) => {
      const { exitCode, stdout, stderr } = await runScript('delivery-keys', ['--stage', stage, '--yes']);

      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toContain(`--stage takes at most 15 lower-case letters, digits and hyphens`);
    },
  );

  it.each([
    [['nope'], 'nope: there are some for createUpload, '],
    [['renditions', 'nope'], 'renditions nope: there are copied, created, '],
  ])('invoke names what there is in place of %j', async (words, said) => {
    const { exitCode, stdout, stderr } = await runScript('invoke', words);

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(said);
  });

  it('end quietly when whoever reads their output stops reading', async () => {
    const tool = spawn(process.execPath, ['scripts/demo.ts', '--help']);
    tool.stdout.destroy();
    let complaint = '';
    tool.stderr.on('data', (chunk) => {
      complaint += chunk;
    });

    const [exitCode] = await once(tool, 'close');

    expect({ exitCode, complaint }).toEqual({ exitCode: 0, complaint: '' });
  });
});
