// An account that is deployed to more than once: what is changed between two deployments, and what each did.

import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { type DeploymentAccount, openAccount } from './deployment-account.ts';

export interface Deployments extends DeploymentAccount {
  /** Runs the framework, which must end well. @returns all that it said */
  succeed(words: string): Promise<string>;
  /** Changes the code of one function, or another file, and nothing else. */
  change(path: string, what?: string): Promise<void>;
  /** What was done to resources since the last time, one line each. */
  changes(): string[];
}

/** Opens one account for the tests of a file. A deployment packs every function: some seconds, and more on a busy machine. */
export function useDeployments(): Deployments {
  // Filled before the first test.
  const deployments = {} as Deployments;
  vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });
  beforeAll(async () => {
    Object.assign(deployments, await openDeployments());
  });
  afterAll(() => deployments.close());
  return deployments;
}

async function openDeployments(): Promise<Deployments> {
  const account = await openAccount();
  const { aws, project } = account;
  return {
    ...account,
    async succeed(words) {
      const { code, output } = await project.serverless(words);
      expect({ code, output }).toMatchObject({ code: 0 });
      return output;
    },
    change(path, what) {
      const name = `changed${randomUUID().replaceAll('-', '')}`;
      return appendFile(join(project.folder, path), `\n${what ?? `export const ${name} = true;`}\n`);
    },
    changes: () =>
      aws.stacks.changes.splice(0).map(({ stack, action, logicalId }) => `${stack}: ${action} ${logicalId}`),
  };
}

/** What became of versions and aliases, without the hashes that versions are named by. */
export function published(lines: readonly string[]): string[] {
  return lines.flatMap((line) => /(?:create|update) \w+(?:LambdaVersion|Alias)/.exec(line)?.[0] ?? []).sort();
}
