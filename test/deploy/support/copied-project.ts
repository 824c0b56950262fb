// A copy of the project, whose code can change between two deployments, and the framework to run in it against an endpoint.

import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { installLambdaModules } from '../../../scripts/package/lambda-modules.ts';

const copied = [
  ...[
    'functions',
    'shared',
    'scripts',
    'resources',
    'web',
    'client/src',
    'LICENSES',
    'LICENSE',
    'NOTICE',
    'docs/openapi.json',
  ],
  ...['.npmrc', 'serverless.yml', 'package.json', 'package-lock.json', 'tsconfig.json'],
];
// Not what was built of the page: a build of the copy is named after other paths.
const linked = ['node_modules', '.build/lambda'];

export const credentials = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };

export interface CopiedProject {
  readonly folder: string;
  /** Runs the framework. @returns its exit code and all that it said */
  serverless(
    words: string,
    environment?: Readonly<Record<string, string>>,
  ): Promise<{ code: number; output: string }>;
  /** Runs a program of the project by its Node. */
  node: CopiedProject['serverless'];
  remove(): Promise<void>;
}

/** @param endpoint of the account that is deployed to */
export async function copyProject(endpoint: string): Promise<CopiedProject> {
  const folder = await mkdtemp(join(tmpdir(), 'deployed-'));
  for (const path of copied) await cp(path, join(folder, path), { recursive: true });
  await mkdir(join(folder, '.build'));
  for (const path of linked) await symlink(join(process.cwd(), path), join(folder, path));
  // What is out of date would be installed anew in the copy.
  await installLambdaModules(process.cwd());
  const run = async (
    program: string,
    words: string,
    environment: Readonly<Record<string, string>> = credentials,
  ) => {
    const { PATH = '' } = process.env;
    const child = spawn(program, words.split(' '), {
      cwd: folder,
      env: {
        ...{ PATH, HOME: folder, AWS_ENDPOINT_URL: endpoint, SLS_AWS_MONITORING_FREQUENCY: '50' },
        ...environment,
      },
    });
    const [code, ...output] = await Promise.all([
      new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? 1))),
      text(child.stdout),
      text(child.stderr),
    ]);
    return { code, output: output.join('') };
  };
  return {
    folder,
    serverless: (words, environment) => run(join(folder, 'node_modules/.bin/serverless'), words, environment),
    node: (words, environment) => run(process.execPath, words, environment),
    remove: () => rm(folder, { recursive: true }),
  };
}
