// The metadata worker: wiring only.

import { createS3Client } from '../shared/aws/clients.ts';
import { createOriginalStore } from '../shared/aws/original-store.ts';
import { readConfig } from '../shared/config.ts';
import { createMetadataEngine } from '../shared/imaging/metadata-engine.ts';
import { createMetadataTask } from '../shared/processing/metadata-task.ts';
import { childEnvironment } from './composition/child-environment.ts';
import { createWorker } from './composition/worker.ts';

const config = readConfig('metadata');
/** Originals whose first bytes are fetched, or whose records are written, while one is read. */
const concurrency = 10;

const { readMetadata } = createMetadataEngine({ childEnvironment: childEnvironment(config) });
const task = createMetadataTask({ originals: createOriginalStore(createS3Client()), readMetadata });

export const handler = createWorker(task, config, { concurrency });
