// The metadata task: reads what the original tells of itself, from as few bytes as its format allows.

import type { ReadMetadata } from '../imaging/contract.ts';
import { untimed } from './journal.ts';
import type { OriginalStore } from './ports.ts';
import type { TaskDefinition } from './task-definition.ts';

/** Raised whenever the reader learns something that old records should have. */
export const metadataRevision = '1';

export interface MetadataDependencies {
  readonly originals: Pick<OriginalStore, 'source'>;
  readonly readMetadata: ReadMetadata;
}

export function createMetadataTask({ originals, readMetadata }: MetadataDependencies): TaskDefinition {
  return {
    task: 'metadata',
    revision: metadataRevision,
    async perform(event, measure, circumstances, time = untimed) {
      const source = originals.source(event);
      const metadata = await time('develop', () => readMetadata(source, circumstances));
      measure('OriginalBytesRead', source.bytesRead);
      return { metadata };
    },
  };
}
