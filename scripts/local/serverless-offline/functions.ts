// The functions as serverless-offline 14.8.2 runs them, invoked in this process. The Lambda API that it offers on a
// port, to everybody and without a signature, is never opened.
import { answeringFailures, type LambdaInstance } from './instances.ts';

/** Runs the function; rejects when it threw, timed out or is not there. */
export type InvokeFunction = (functionName: string, event: object) => Promise<unknown>;

/** What keeps the functions of a serverless-offline: made at its start. */
interface Functions {
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
 * @returns invokes a function by its name, once it has started
 */
export async function takeFunctions(report: (line: string) => void): Promise<InvokeFunction> {
  const lambdaModule = import.meta.resolve('serverless-offline/lambda');
  const { default: lambda } = (await import(lambdaModule)) as { default: { prototype: Functions } };
  const { default: server } = (await import(new URL('HttpServer.js', lambdaModule).href)) as {
    default: { prototype: { start(): Promise<void> } };
  };
  let functions: Functions | undefined;
  const keys = new Map<string, string>();
  const { create, get } = lambda.prototype;
  lambda.prototype.create = function (definitions) {
    functions = this;
    for (const { functionKey, functionDefinition } of definitions)
      keys.set(functionDefinition.name, functionKey);
    create.call(this, definitions);
  };
  // Everybody else who asks for a function is the HTTP API.
  lambda.prototype.get = function (key) {
    return answeringFailures(get.call(this, key), report);
  };
  server.prototype.start = async () => {};
  return async (functionName, event) => {
    const key = keys.get(functionName);
    if (functions === undefined || key === undefined) throw new Error(`There is no function ${functionName}`);
    const instance = get.call(functions, key);
    instance.setClientContext(undefined);
    instance.setEvent(event);
    return instance.runHandler();
  };
}
