// Takes a stage away: empties the buckets that go with it and deletes its stack, again where something was uploaded meanwhile.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { S3Client } from '@aws-sdk/client-s3';
import { OperatorError } from '../terminal/errors.ts';
import { print } from '../terminal/print.ts';
import { createProgress } from '../terminal/progress.ts';
import { emptyBucket, versionsIn } from './empty-bucket.ts';

export interface StageToGo {
  readonly stage: string;
  readonly region: string;
  /** By name; CloudFormation deletes none that has anything in it. */
  readonly buckets: readonly string[];
}

/** The first deletion takes the API and the roles that sign upload URLs: nothing can be uploaded after it. */
const attempts = 3;

/**
 * @returns the exit code of the framework's removal, which has said what it failed at
 * @throws {OperatorError} when objects came into a bucket each time
 */
export async function takeAway(s3: S3Client, { stage, region, buckets }: StageToGo): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    for (const bucket of buckets) await empty(s3, bucket);
    if ((await serverlessRemove(stage, region)) === 0) return 0;
    const filled = await filledOf(s3, buckets);
    if (filled.length === 0) return 1;
    const what = `Something was stored in ${filled.join(' and ')} while the stack was being deleted`;
    if (attempt === attempts)
      throw new OperatorError(
        `${what}, ${attempts} times: find who still writes there, stop them, and say npm run remove once more.`,
      );
    print(`${what}: emptied and deleted once more (${attempt + 1} of ${attempts}).`);
  }
}

async function empty(s3: S3Client, bucket: string): Promise<void> {
  const progress = createProgress(`objects of ${bucket}`);
  progress.expect(0);
  await emptyBucket(s3, bucket, progress.advance).finally(progress.stop);
}

async function filledOf(s3: S3Client, buckets: readonly string[]): Promise<string[]> {
  const filled: string[] = [];
  for (const bucket of buckets) {
    const { done } = await versionsIn(s3, bucket).next();
    if (!done) filled.push(bucket);
  }
  return filled;
}

async function serverlessRemove(stage: string, region: string): Promise<number> {
  const program = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');
  // What is removed is what the stack has: nothing is compiled, and no keys are asked for.
  const words = ['remove', '--stage', stage, '--region', region, '--param', 'delivery=none'];
  const child = spawn(process.execPath, [program, ...words], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code === 0 ? 0 : 1;
}
