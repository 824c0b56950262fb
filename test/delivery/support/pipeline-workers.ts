// The workers as their functions compose them, in this process, with every AWS call they make watched.

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createWorker } from '../../../functions/composition/worker.ts';
import type { LaptopCloud } from '../../../scripts/local/cloud.ts';
import { createS3Client, createSnsClient, createSqsClient } from '../../../shared/aws/clients.ts';
import { createOriginalStore } from '../../../shared/aws/original-store.ts';
import { createRenditionStore } from '../../../shared/aws/rendition-store.ts';
import { createUploadedOriginals } from '../../../shared/aws/uploaded-originals.ts';
import { readConfig } from '../../../shared/config.ts';
import { type Task, tasks } from '../../../shared/domain/tasks.ts';
import { variants } from '../../../shared/domain/variants.ts';
import type { ImagingEngine } from '../../../shared/imaging/contract.ts';
import { createImagingEngine } from '../../../shared/imaging/engine.ts';
import { createMetadataEngine } from '../../../shared/imaging/metadata-engine.ts';
import type { SqsHandler } from '../../../shared/lambda/sqs.ts';
import { createMetadataTask } from '../../../shared/processing/metadata-task.ts';
import { createRenditionsTask } from '../../../shared/processing/renditions-task.ts';
import type { TaskDefinition } from '../../../shared/processing/task-definition.ts';
import type { AwsCalls } from './aws-calls.ts';

export function createWorkers(
  cloud: LaptopCloud,
  calls: AwsCalls,
  createTable: () => DynamoDBDocumentClient,
  addedTasks: readonly TaskDefinition[],
) {
  const engine = countingEngine(createImagingEngine());
  const metadataEngine = createMetadataEngine();
  const makeWorker: Record<Task, () => SqsHandler> = {
    renditions: renditionsWorker,
    metadata: metadataWorker,
    ...Object.fromEntries(addedTasks.map((definition) => [definition.task, () => addedWorker(definition)])),
  };
  const workers = byTask((task) => makeWorker[task]());

  function workerClients() {
    return {
      table: calls.watch(createTable()),
      sqs: calls.watch(createSqsClient()),
      sns: calls.watch(createSnsClient()),
    };
  }

  /** Gives this process the environment of one function. */
  function configure(task: Task): void {
    Object.assign(process.env, cloud.environmentOf(task));
  }

  function renditionsWorker(): SqsHandler {
    configure('renditions');
    const config = readConfig('renditions');
    const client = calls.watch(createS3Client());
    const originals = createOriginalStore(client);
    const renditions = createRenditionStore(client, config.RENDITIONS_BUCKET);
    const uploads = createUploadedOriginals(client, cloud.ref('OriginalsBucket'));
    const task = createRenditionsTask({ originals, uploads, renditions, engine, variants });
    return createWorker(task, config, { concurrency: 10 }, workerClients());
  }

  function metadataWorker(): SqsHandler {
    configure('metadata');
    const originals = createOriginalStore(calls.watch(createS3Client()));
    const task = createMetadataTask({ originals, readMetadata: metadataEngine.readMetadata });
    return createWorker(task, readConfig('metadata'), { concurrency: 10 }, workerClients());
  }

  function addedWorker(definition: TaskDefinition): SqsHandler {
    configure(definition.task);
    return createWorker(definition, readConfig('metadata'), { concurrency: 10 }, workerClients());
  }

  return {
    workers,
    engine,
    configure,
    /** A new process takes the place of one that has died. */
    restartWorker(task: Task): void {
      workers[task] = makeWorker[task]();
    },
    closeEngines: () => Promise.all([engine.close(), metadataEngine.close()]),
  };
}

export function byTask<Value>(of: (task: Task) => Value): Record<Task, Value> {
  return Object.fromEntries(tasks.map((task) => [task, of(task)])) as Record<Task, Value>;
}

function countingEngine(engine: ImagingEngine): ImagingEngine & { decodes: number } {
  return {
    decodes: 0,
    render(...order) {
      this.decodes += 1;
      return engine.render(...order);
    },
    close: () => engine.close(),
  };
}
