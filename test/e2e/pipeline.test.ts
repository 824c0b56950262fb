// The whole of it through `npm start`: what a client meets, from the first request to the last rendition.
// One stack for all of it, since starting one is what takes the time.

import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Stack, startStack, temporaryFolder } from '../../scripts/soak/stack.ts';
import { apiSuite } from './suites/api.ts';
import { demoSuite } from './suites/demo.ts';
import { faultyFileSuite } from './suites/faulty-file.ts';
import { photoSuite } from './suites/photo.ts';
import { uploadUrlSuite } from './suites/upload-url.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let stack: Stack;

beforeAll(async () => {
  folder = await temporaryFolder();
  // Patient enough for a busy machine: nothing here is to be retried.
  const parameters = { workerTimeoutSeconds: 20, visibilityTimeoutSeconds: 120 };
  stack = await startStack({ dataDir: join(folder.path, 'data'), parameters });
});

afterAll(async () => {
  await stack?.kill();
  await folder.remove();
});

const running = () => ({ stack, folder: folder.path });

apiSuite(running);
photoSuite(running);
uploadUrlSuite(running);
// Counts all that lies in the DLQs, so it comes before the demo adds to them.
faultyFileSuite(running);
demoSuite(running);
