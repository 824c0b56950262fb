// cfn-lint, where it is installed, has nothing to say of any stage in any partition but what is explained here.
// https://github.com/aws-cloudformation/cfn-lint

import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onOwnDomain, privately, publicly, undelivered } from '../infrastructure/support/delivered.ts';
import { compileWholeService } from '../infrastructure/support/whole-service.ts';

const isInstalled = spawnSync('cfn-lint', ['--version']).status === 0;
const without = isInstalled ? '' : ' (skipped: cfn-lint is not installed, `pip install cfn-lint`)';

/** One of each partition, and the one that is like no other. */
const regions = { delivered: ['eu-central-1', 'us-east-1'], undelivered: ['cn-north-1', 'us-gov-west-1'] };
const everywhere = [...regions.delivered, ...regions.undelivered];

interface Finding {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path: readonly (string | number)[] };
}

/** What may be found, and why it stays. */
const explained: Readonly<Record<string, { readonly why: string; covers(finding: Finding): boolean }>> = {
  W3005: {
    why: 'The framework names in DependsOn what it refers to anyway, of functions, routes and the stage that it makes.',
    covers: ({ Location: { Path } }) => /LambdaFunction$|^HttpApi/.test(String(Path[1])),
  },
  W8003: {
    why: 'Conditions compare what the framework has put in by then: stages differ when they are packaged.',
    covers: ({ Location: { Path } }) => Path[0] === 'Conditions',
  },
  E3006: {
    why: 'What a region does not have is not made there, by its condition: each by its reason below.',
    covers: ({ Message }) =>
      missing.some(({ type, region }) => Message.endsWith(`'${type}' does not exist in '${region}'`)),
  },
};

const missing = [
  // Packaging refuses a region of China without jwtIssuer.
  ...['UserPool', 'UserPoolClient', 'UserPoolDomain', 'UserPoolResourceServer'].map((name) => ({
    ...{ type: `AWS::Cognito::${name}`, region: 'cn-north-1' },
  })),
  // Outside of AWS's own partition there is no budget.
  { type: 'AWS::Budgets::Budget', region: 'us-gov-west-1' },
];

async function findingsOf(stage: string, where: readonly string[], params = {}): Promise<Finding[]> {
  const { template } = await compileWholeService({ stage, params });
  // The framework's own, which a compilation leaves to the packaging.
  const ServerlessDeploymentBucket = { Type: 'AWS::S3::Bucket', Properties: {} };
  const folder = await mkdtemp(join(tmpdir(), 'lint-'));
  try {
    const file = join(folder, 'template.json');
    const Resources = { ...template.Resources, ServerlessDeploymentBucket };
    await writeFile(file, JSON.stringify({ ...template, Resources }));
    return await lint(file, where);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** It ends with another code than 0 for whatever it finds, and says it on stdout. */
function lint(file: string, where: readonly string[]): Promise<Finding[]> {
  const words = ['--regions', ...where, '--format', 'json', '--template', file];
  return new Promise((resolve, reject) => {
    execFile('cfn-lint', words, { maxBuffer: 64 * 1024 * 1024 }, (_error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as Finding[]);
      } catch {
        reject(new Error(`cfn-lint said: ${stderr || stdout}`));
      }
    });
  });
}

describe.skipIf(!isInstalled)(`cfn-lint${without}`, { timeout: 120_000 }, () => {
  it.each<readonly [stage: string, where: readonly string[], params: Readonly<Record<string, string>>]>([
    ['dev', everywhere, {}],
    ['test', everywhere, {}],
    ['prod', regions.delivered, { ...onOwnDomain, alarmEmail: 'night@photos.example' }],
    ['prod', regions.delivered, { ...publicly, jwtIssuer: 'https://issuer.example', jwtAudience: 'api' }],
    ...['prod', 'staging'].flatMap(
      (stage) =>
        [
          [stage, regions.delivered, privately],
          [stage, regions.undelivered, undelivered],
        ] as const,
    ),
  ])('finds nothing in stage %s in %s with %o that is not explained', async (stage, where, params) => {
    const findings = await findingsOf(stage, where, params);

    const open = findings.filter((finding) => explained[finding.Rule.Id]?.covers(finding) !== true);
    expect(
      open.map(({ Rule, Message, Location }) => `${Rule.Id} ${Location.Path.join('.')}: ${Message}`),
    ).toEqual([]);
  });

  it('still finds what is explained: an explanation that nothing needs is taken away', async () => {
    const found = new Set((await findingsOf('prod', everywhere, undelivered)).map(({ Rule }) => Rule.Id));

    expect(Object.keys(explained).filter((id) => !found.has(id))).toEqual([]);
  });
});
