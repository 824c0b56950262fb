// The renditions worker: wiring only.

import { readConfig } from '../shared/config.ts';
import { createImagingEngine } from '../shared/imaging/engine.ts';
import { createWorker } from '../shared/lambda/worker.ts';
import { createRenditionsTask } from '../shared/processing/renditions-task.ts';
import { createS3Client } from '../shared/store/clients.ts';
import { createOriginalStore } from '../shared/store/original-store.ts';
import { createRenditionStore } from '../shared/store/rendition-store.ts';
import { variants } from '../shared/variants.ts';

const config = readConfig('renditions');
const s3 = createS3Client();
const task = createRenditionsTask({
  originals: createOriginalStore(s3),
  renditions: createRenditionStore(s3, config.RENDITIONS_BUCKET),
  engine: createImagingEngine(),
  variants,
});

export const handler = createWorker(task, config, { concurrency: 3, minimumMilliseconds: 3_000 });
