// Whether anybody answers, before there is anything to wait for.

import { createClient } from '../../client/src/client.ts';
import { OperatorError } from '../terminal/errors.ts';

/** @throws {OperatorError} when nobody answers */
export async function checkHealth(api: string, signal: AbortSignal): Promise<void> {
  const client = createClient({ api, patienceSeconds: 0 });
  await client.health({ signal }).catch((cause: Error) => {
    signal.throwIfAborted();
    throw new OperatorError(`The API does not answer at ${api}: start it with "npm start".`, { cause });
  });
}
