// Invokes a function through a Lambda endpoint, as serverless-offline offers one.
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Credentials } from '../credentials.ts';
import type { Invoke } from './mapping.ts';

/** @param options.endpoint URL of the Lambda API. */
export function invokeAt(options: { endpoint: string; region: string; credentials: Credentials }): Invoke {
  // One attempt: a second one would run the function twice for one receive.
  const lambda = new LambdaClient({ ...options, maxAttempts: 1 });
  return async (functionName, event) => {
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
    );
    const text = Payload?.transformToString() ?? '';
    const answer: unknown = text === '' ? null : JSON.parse(text);
    if (FunctionError)
      throw new Error((answer as { errorMessage?: string } | null)?.errorMessage ?? FunctionError);
    return answer;
  };
}
