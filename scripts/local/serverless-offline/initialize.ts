// Lambda initializes a function before its first invocation (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html);
// serverless-offline 14.8.2 only as a part of it. Here functions are initialized while nobody waits for them.
import type { Worker } from 'node:worker_threads';

/** What an instance is given in place of an event, so that it is made and nothing is invoked. */
const noInvocation = Object.freeze({});

/** What a worker thread says once its function is initialized: see initialize-worker.ts. */
export interface Initialized {
  readonly initialized: string;
}

interface WorkerThreadRunner {
  run(event: unknown, context: unknown): Promise<unknown>;
}

export interface Initializer {
  /** What a function must find in its environment. @param environment its own */
  environment(environment: Readonly<Record<string, string>>): Record<string, string>;
  /** Makes an instance, and resolves when its function is initialized, or failed to be. @param make has the instance run an event */
  initialize(functionKey: string, make: (event: object) => Promise<unknown>): Promise<void>;
}

/** To be called before serverless-offline starts. */
export async function takeInitialization(): Promise<Initializer> {
  const runnerModule = new URL(
    'handler-runner/worker-thread-runner/WorkerThreadRunner.js',
    import.meta.resolve('serverless-offline/lambda'),
  );
  const { default: runner } = (await import(runnerModule.href)) as {
    default: { prototype: WorkerThreadRunner };
  };
  const { run } = runner.prototype;
  runner.prototype.run = function (event, context) {
    return event === noInvocation ? Promise.resolve() : run.call(this, event, context);
  };
  const waiting = new Map<string, () => void>();
  process.on('worker', (worker: Worker) => {
    worker.on('message', ({ initialized }: Initialized) => waiting.get(initialized)?.());
  });
  const option = `--import=${new URL('initialize-worker.ts', import.meta.url).href}`;
  return {
    environment: (own) => ({ ...own, NODE_OPTIONS: [own['NODE_OPTIONS'], option].filter(Boolean).join(' ') }),
    initialize: async (functionKey, make) => {
      const { promise: initialized, resolve } = Promise.withResolvers<void>();
      waiting.set(functionKey, resolve);
      await make(noInvocation);
      await initialized;
      waiting.delete(functionKey);
    },
  };
}
