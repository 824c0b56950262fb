// The renditions worker: wiring only.

import { createCloudFrontClient, createS3Client } from '../shared/aws/clients.ts';
import { createOriginalStore } from '../shared/aws/original-store.ts';
import { createRenditionCaches } from '../shared/aws/rendition-caches.ts';
import { createRenditionStore } from '../shared/aws/rendition-store.ts';
import { createUploadedOriginals } from '../shared/aws/uploaded-originals.ts';
import { readConfig } from '../shared/config.ts';
import { readOriginalSources } from '../shared/domain/original-sources.ts';
import { variants } from '../shared/domain/variants.ts';
import { createImagingEngine } from '../shared/imaging/engine.ts';
import { vcpusOf } from '../shared/lambda/vcpus.ts';
import { createRenditionsTask } from '../shared/processing/renditions-task.ts';
import { childEnvironment } from './composition/child-environment.ts';
import { createWorker } from './composition/worker.ts';

const config = readConfig('renditions');
const s3 = createS3Client();
const vcpus = vcpusOf(config.AWS_LAMBDA_FUNCTION_MEMORY_SIZE);
/** Originals that are fetched or stored while a vCPU develops another: enough to hide S3's latency. */
const prefetched = 3;

const task = createRenditionsTask({
  originals: createOriginalStore(s3),
  uploads: createUploadedOriginals(s3, readOriginalSources(config.ORIGINAL_SOURCES).own.bucket),
  renditions: createRenditionStore(s3, config.RENDITIONS_BUCKET),
  caches: createRenditionCaches(createCloudFrontClient(), config.DISTRIBUTION_ID),
  engine: createImagingEngine({
    concurrency: vcpus,
    separatesOwners: config.SEPARATE_OWNERS === 'true',
    childEnvironment: childEnvironment(config),
  }),
  variants,
  maxHeldBytes: 128_000_000,
});

export const handler = createWorker(task, config, {
  concurrency: vcpus + prefetched,
});
