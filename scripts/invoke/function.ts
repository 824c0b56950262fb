// Runs a function of serverless.yml in this process, with the environment and the context that it would have.
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import type { LaptopCloud } from '../local/cloud.ts';
import { OperatorError, UsageError } from '../terminal/errors.ts';

export type Invocation = (event: unknown) => Promise<unknown>;

type Handler = (event: unknown, context: Context) => Promise<unknown>;

/**
 * Loads a function against the cloud. Its environment becomes this process's, so load one a process.
 * @throws {UsageError} when serverless.yml has no such function
 */
export async function loadFunction(
  cloud: Pick<LaptopCloud, 'service' | 'environmentOf'>,
  key: string,
): Promise<Invocation> {
  const definition = cloud.service.functions.find((one) => one.key === key);
  if (definition === undefined) {
    const known = cloud.service.functions.map((one) => one.key).join(', ');
    throw new UsageError(`serverless.yml has no function ${key}: it has ${known}.`);
  }
  Object.assign(process.env, cloud.environmentOf(key));
  const [path = '', name = ''] = definition.handler.split('.');
  const file = new URL(`../../${path}.ts`, import.meta.url);
  const module = (await import(pathToFileURL(file.pathname).href)) as Record<string, Handler>;
  const handler = module[name];
  if (handler === undefined) throw new OperatorError(`${path}.ts exports no ${name}.`);
  return (event) => handler(event, contextOf(definition.name, definition.timeoutSeconds));
}

/** What Lambda tells a function of its invocation. */
function contextOf(functionName: string, timeoutSeconds: number): Context {
  const endsAt = Date.now() + timeoutSeconds * 1000;
  return {
    ...{ functionName, functionVersion: '$LATEST', memoryLimitInMB: '1024', awsRequestId: randomUUID() },
    invokedFunctionArn: `arn:aws:lambda:eu-central-1:000000000000:function:${functionName}`,
    ...{ logGroupName: `/aws/lambda/${functionName}`, logStreamName: 'local' },
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, endsAt - Date.now()),
    ...{ done: () => {}, fail: () => {}, succeed: () => {} },
  };
}
