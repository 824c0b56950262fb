// The metadata worker: wiring only.

import { createS3Client } from '../shared/aws/clients.ts';
import { createOriginalStore } from '../shared/aws/original-store.ts';
import { readConfig } from '../shared/config.ts';
import { createMetadataTask } from '../shared/processing/metadata-task.ts';
import { createWorker } from './composition/worker.ts';

const task = createMetadataTask(createOriginalStore(createS3Client()));

export const handler = createWorker(task, readConfig('metadata'), {
  concurrency: 10,
});
