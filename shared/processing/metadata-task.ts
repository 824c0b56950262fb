// The metadata task: reads what the original tells of itself, from as few bytes as its format allows.

import type { OriginalStore } from '../aws/original-store.ts';
import { readMetadata } from '../imaging/metadata/read-metadata.ts';
import type { TaskDefinition } from './task-definition.ts';

/** Raised whenever the reader learns something that old records should have. */
const revision = '1';

export function createMetadataTask(originals: Pick<OriginalStore, 'source'>): TaskDefinition {
  return {
    task: 'metadata',
    revision,
    async perform(event, measure) {
      const source = originals.source(event);
      const metadata = await readMetadata(source);
      measure('OriginalBytesRead', source.bytesRead);
      return { metadata };
    },
  };
}
