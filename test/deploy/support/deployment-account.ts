// An account on loopback and a copy of the project that is deployed to it, by whoever may what resources/policies/deploy.json
// says, and remove what remove.json adds.

import { readFile } from 'node:fs/promises';
import { permissionsOf } from '../fake-aws/permissions.ts';
import { type FakeAws, startFakeAws } from '../fake-aws/server.ts';
import { type CopiedProject, copyProject } from './copied-project.ts';

/** The first deployment of a stage, and the last: docs/deploy.md. */
export const unprotected = '--param deletionProtection=false';
/** URLs of renditions are pre-signed, for which no stage needs keys. */
export const undelivered = '--param delivery=none';
/** What was packed last is deployed as it is, and need not be packed once more. */
export const asPacked = '--package .serverless';

export interface DeploymentAccount {
  readonly aws: FakeAws;
  readonly project: CopiedProject;
  /** What a stage needs before it is deployed for the first time, but `dev` and `test`. */
  makeKeys(stage: string, region?: string): Promise<void>;
  close(): Promise<void>;
}

export async function openAccount(): Promise<DeploymentAccount> {
  const policies = ['deploy', 'remove'].map((name) => readFile(`resources/policies/${name}.json`, 'utf8'));
  const aws = await startFakeAws(permissionsOf(...(await Promise.all(policies))));
  const project = await copyProject(aws.endpoint);
  return {
    aws,
    project,
    async makeKeys(stage, region = 'eu-central-1') {
      const words = `scripts/delivery-keys.ts --stage ${stage} --region ${region} --yes`;
      const { code, output } = await project.node(words);
      if (code !== 0) throw new Error(output);
    },
    async close() {
      await aws.stop();
      await project.remove();
    },
  };
}
