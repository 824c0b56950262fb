// The metadata worker: wiring only.

import { readConfig } from '../shared/config.ts';
import { createWorker } from '../shared/lambda/worker.ts';
import { createMetadataTask } from '../shared/processing/metadata-task.ts';
import { createS3Client } from '../shared/store/clients.ts';
import { createOriginalStore } from '../shared/store/original-store.ts';

const task = createMetadataTask(createOriginalStore(createS3Client()));

export const handler = createWorker(task, readConfig('metadata'), {
  concurrency: 10,
});
