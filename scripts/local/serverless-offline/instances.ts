// How serverless-offline 14.8.2 runs functions, patched in three places. It makes a worker thread for every
// invocation that finds none idle, so a hundred requests at once loaded a hundred copies of the code and all
// timed out. And a worker that dies of an uncaught exception took the whole process with it.
// Its HTTP API answers 200 for a function that failed, and gives all requests one ID.
import { createSlots, type Slots } from '../event-source-mapping/slots.ts';
import { withRequestId } from './request-id.ts';

export interface LambdaInstance {
  setEvent(event: unknown): void;
  setClientContext(context: unknown): void;
  runHandler(): Promise<unknown>;
}

type GetInstance = (functionKey: string, definition: unknown) => LambdaInstance;

/** Part of serverless-offline: gives an idle instance of a function, or a new one. */
interface InstancePool {
  readonly prototype: { get: GetInstance };
}

/**
 * Lets each function have no more than `count` instances; further invocations wait for one of them, and their
 * timeout begins when they get it.
 */
export async function capInstances(count: number): Promise<void> {
  const poolModule = new URL('LambdaFunctionPool.js', import.meta.resolve('serverless-offline/lambda'));
  const { default: pool } = (await import(poolModule.href)) as { default: InstancePool };
  pool.prototype.get = waitingGet(pool.prototype.get, count);
}

/** Reports the death of a function's worker, which its invocation sees as a timeout. */
export function surviveCrashes(report: (line: string) => void): void {
  process.on('worker', (worker) => {
    worker.on('error', (error) => report(`A function crashed: ${error}`));
  });
}

/** Wraps a pool's `get`: what it gives asks the pool for an instance only once one may run. */
export function waitingGet(get: GetInstance, count: number): GetInstance {
  const slotsByFunction = new Map<string, Slots>();
  return function (this: unknown, functionKey, definition) {
    const slots = slotsByFunction.get(functionKey) ?? createSlots(count);
    slotsByFunction.set(functionKey, slots);
    let event: unknown;
    let clientContext: unknown;
    return {
      setEvent: (given) => {
        event = withRequestId(given);
      },
      setClientContext: (given) => {
        clientContext = given;
      },
      runHandler: async () => {
        await slots.take();
        try {
          const instance = get.call(this, functionKey, definition);
          instance.setClientContext(clientContext);
          instance.setEvent(event);
          return await instance.runHandler();
        } finally {
          slots.give();
        }
      },
    };
  };
}

/** What API Gateway answers then: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html */
const internalServerError = {
  statusCode: 500,
  headers: { 'content-type': 'application/json' },
  body: '{"message":"Internal Server Error"}',
};

/** Gives the HTTP API an answer where the function has none: it failed, or took too long. */
export function answeringFailures(instance: LambdaInstance, report: (line: string) => void): LambdaInstance {
  return {
    setEvent: (event) => instance.setEvent(event),
    setClientContext: (context) => instance.setClientContext(context),
    runHandler: () =>
      instance.runHandler().catch((error: Error) => {
        report(`A function failed: ${error.message}`);
        return internalServerError;
      }),
  };
}
