// The metadata worker: wiring only.

import { createS3Client } from '../shared/aws/clients.ts';
import { createOriginalStore } from '../shared/aws/original-store.ts';
import { readConfig } from '../shared/config.ts';
import { readMetadata } from '../shared/imaging/metadata/read-metadata.ts';
import { createMetadataTask } from '../shared/processing/metadata-task.ts';
import { createWorker } from './composition/worker.ts';

const task = createMetadataTask({ originals: createOriginalStore(createS3Client()), readMetadata });

export const handler = createWorker(task, readConfig('metadata'), {
  concurrency: 10,
});
