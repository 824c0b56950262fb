// The functions as serverless-offline 14.8.2 runs them, invoked in this process. The Lambda API that it offers on a
// port, to everybody and without a signature, is never opened.
import { takeInitialization } from './initialize.ts';
import { answeringFailures, type LambdaInstance } from './instances.ts';

/** Runs the function; rejects when it threw, timed out or is not there. */
export type InvokeFunction = (functionName: string, event: object) => Promise<unknown>;

export interface OfflineFunctions {
  readonly invoke: InvokeFunction;
  /** What a function's environment must have to be initialized before its first invocation. */
  readonly environment: (own: Readonly<Record<string, string>>) => Record<string, string>;
  /** Loads the code of one function after the other, while nobody waits for it. @param keys as below `functions:` in serverless.yml */
  readonly initialize: (keys: readonly string[]) => Promise<void>;
}

/** What keeps the functions of a serverless-offline: made at its start. */
interface Pool {
  create(definitions: readonly Definition[]): void;
  get(key: string): LambdaInstance;
}

interface Definition {
  readonly functionKey: string;
  readonly functionDefinition: { readonly name: string };
}

/**
 * To be called before serverless-offline starts.
 * @param report told of a function that had no answer for the HTTP API
 * @returns what invokes a function by its name, and what initializes it, once it has started
 */
export async function takeFunctions(report: (line: string) => void): Promise<OfflineFunctions> {
  const lambdaModule = import.meta.resolve('serverless-offline/lambda');
  const { default: lambda } = (await import(lambdaModule)) as { default: { prototype: Pool } };
  const { default: server } = (await import(new URL('HttpServer.js', lambdaModule).href)) as {
    default: { prototype: { start(): Promise<void> } };
  };
  const { promise: created, resolve: isCreated } = Promise.withResolvers<Pool>();
  const keys = new Map<string, string>();
  const { create, get } = lambda.prototype;
  lambda.prototype.create = function (definitions) {
    for (const { functionKey, functionDefinition } of definitions)
      keys.set(functionDefinition.name, functionKey);
    create.call(this, definitions);
    isCreated(this);
  };
  // Everybody else who asks for a function is the HTTP API.
  lambda.prototype.get = function (key) {
    return answeringFailures(get.call(this, key), report);
  };
  server.prototype.start = async () => {};
  const { environment, initialize } = await takeInitialization();
  const run = async (key: string, event: object) => {
    const instance = get.call(await created, key);
    instance.setClientContext(undefined);
    instance.setEvent(event);
    return instance.runHandler();
  };
  return {
    invoke: async (functionName, event) => {
      await created;
      const key = keys.get(functionName);
      if (key === undefined) throw new Error(`There is no function ${functionName}`);
      return run(key, event);
    },
    environment,
    initialize: async (wanted) => {
      for (const key of wanted) await initialize(key, (event) => run(key, event));
    },
  };
}
