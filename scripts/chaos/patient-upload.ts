// Uploads as a patient client does: it tries again for as long as the stack is down.
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, RequestRefused } from '../client/api.ts';
import { OperatorError } from '../terminal/errors.ts';
import type { ChaosFile } from './files.ts';
import type { Upload } from './ledger.ts';

const pauseMilliseconds = 500;
const maxTries = 120;

/** @throws {OperatorError} when the stack does not come back within a minute */
export async function uploadPatiently(client: ApiClient, file: ChaosFile): Promise<Upload> {
  const { name, contentType, bytes } = file;
  const request = { contentType, contentLength: bytes.byteLength, fileName: name };
  const { imageId, upload } = await untilAnswered(() => client.createUpload(request));
  await untilAnswered(() => client.put(upload, bytes).catch(acceptRepetition));
  return { imageId, file: name };
}

/** A URL works once: a second try is refused when the first one, whose answer was lost, had arrived. */
function acceptRepetition(error: unknown): void {
  if (!(error instanceof RequestRefused && error.status === 412)) throw error;
}

async function untilAnswered<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (cause) {
      if (tries === maxTries) throw new OperatorError('The stack answers nothing but errors.', { cause });
      await sleep(pauseMilliseconds);
    }
  }
}
