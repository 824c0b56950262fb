// The functions as serverless-offline 14.8.2 runs them, invoked in this process. The Lambda API that it offers on a
// port, to everybody and without a signature, is never opened.
import type { Invoke } from '../event-source-mapping/mapping.ts';
import type { LambdaInstance } from './instances.ts';

/** What keeps the functions of a serverless-offline: made at its start. */
interface Functions {
  create(definitions: unknown): void;
  listFunctionNames(): string[];
  getByFunctionName(name: string): LambdaInstance;
}

/** To be called before serverless-offline starts. @returns invokes a function by its name, once it has started */
export async function takeFunctions(): Promise<Invoke> {
  const lambdaModule = import.meta.resolve('serverless-offline/lambda');
  const { default: lambda } = (await import(lambdaModule)) as { default: { prototype: Functions } };
  const { default: server } = (await import(new URL('HttpServer.js', lambdaModule).href)) as {
    default: { prototype: { start(): Promise<void> } };
  };
  let functions: Functions | undefined;
  const { create } = lambda.prototype;
  lambda.prototype.create = function (definitions) {
    functions = this;
    create.call(this, definitions);
  };
  server.prototype.start = async () => {};
  return async (functionName, event) => {
    if (!functions?.listFunctionNames().includes(functionName)) {
      throw new Error(`There is no function ${functionName}`);
    }
    const instance = functions.getByFunctionName(functionName);
    instance.setClientContext(undefined);
    instance.setEvent(event);
    return instance.runHandler();
  };
}
