// The whole of it through `npm start`: what a client meets, from the first request to the last rendition.
// One stack for all of it, since starting one is what takes the time.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type RunningStack, startStack } from '../../scripts/stack/running-stack.ts';
import { apiSuite } from './suites/api.ts';
import { demoSuite } from './suites/demo.ts';
import { faultyFileSuite } from './suites/faulty-file.ts';
import { imagesSuite } from './suites/images.ts';
import { logsSuite } from './suites/logs.ts';
import { ownersSuite } from './suites/owners.ts';
import { photoSuite } from './suites/photo.ts';
import { smokeSuite } from './suites/smoke.ts';
import { tokensSuite } from './suites/tokens.ts';
import { uploadFormSuite } from './suites/upload-form.ts';
import { uploadUrlSuite } from './suites/upload-url.ts';

let folder: string;
let stack: RunningStack;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darkroom-e2e-'));
  // Patient enough for a busy machine: nothing here is to be retried.
  const parameters = { logLevel: 'DEBUG', workerTimeoutSeconds: 20, visibilityTimeoutSeconds: 120 };
  stack = await startStack({ folder, parameters });
});

afterAll(async () => {
  await stack?.kill();
  await rm(folder, { recursive: true, force: true });
});

const running = () => ({ ...stack, folder });

apiSuite(running);
imagesSuite(running);
ownersSuite(running);
tokensSuite(running);
photoSuite(running);
uploadUrlSuite(running);
uploadFormSuite(running);
// Counts all that lies in the DLQs, so it comes before the demo adds to them.
faultyFileSuite(running);
demoSuite(running);
smokeSuite(running);
// Comes last, so that it sees what all of them left.
logsSuite(running);
