// Runs in each worker thread of serverless-offline: loads the function's code before there is an event.
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { Initialized } from './initialize.ts';

interface FunctionData {
  readonly codeDir: string;
  readonly functionKey: string;
  readonly handler: string;
  readonly servicePath: string;
}

// Neither the function nor what it starts has this program in its environment.
const options = (process.env['NODE_OPTIONS'] ?? '')
  .split(' ')
  .filter((one) => !one.endsWith(import.meta.url));
if (options.length > 0) process.env['NODE_OPTIONS'] = options.join(' ');
else delete process.env['NODE_OPTIONS'];

// Once the thread's own program has loaded.
setImmediate(async () => {
  const { codeDir, functionKey, handler, servicePath } = workerData as FunctionData;
  const userFunction = new URL(
    'handler-runner/in-process-runner/aws-lambda-ric/UserFunction.js',
    import.meta.resolve('serverless-offline/lambda'),
  );
  const { load } = await import(userFunction.href);
  // What goes wrong here goes wrong again at the first invocation, which tells of it.
  await load(servicePath, join(codeDir, handler)).catch(() => {});
  parentPort?.postMessage({ initialized: functionKey } satisfies Initialized);
});
