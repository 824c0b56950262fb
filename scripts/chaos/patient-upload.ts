// Uploads as a client does that is told of nothing: the client library tries again for as long as the stack is down.

import type { Darkroom } from '../../client/src/client.ts';
import type { ChaosFile } from './files.ts';
import type { Upload } from './ledger.ts';

/** Fulfilled once S3 has the file. */
export async function uploadPatiently(client: Darkroom, file: ChaosFile): Promise<Upload> {
  const { name, contentType, bytes } = file;
  const imageId = await client.uploads.store(bytes, { contentType, fileName: name });
  return { imageId, file: name };
}
