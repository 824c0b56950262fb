// What lies in the DLQs and among the rejections, as workers and SQS leave it, and a look at all of it.
import { v7 as uuidv7 } from 'uuid';
import { survey } from '../../scripts/dlq/survey.ts';
import { originalKey } from '../../shared/domain/object-keys.ts';
import { createdBody, type OperationsCloud, sequencer } from './operations-cloud.ts';

export const surveyOptions = { maxMessages: 1000, visibilitySeconds: 60 };

export function look({ stage }: OperationsCloud, changes: Partial<typeof surveyOptions> = {}) {
  return survey(stage, { ...surveyOptions, ...changes });
}

export async function drainAll({ stage, drain }: OperationsCloud): Promise<void> {
  for (const { source, dlq } of stage.queues) {
    await drain(source.url);
    await drain(dlq.url);
  }
  await drain(stage.rejections.url);
}

export function bodyOf({ stage }: OperationsCloud, imageId: string): string {
  return createdBody(stage.originalsBucket, originalKey(imageId));
}

/** As a worker leaves it: rejected, with its code on the message. */
export function addRejected(
  cloud: OperationsCloud,
  imageId = uuidv7(),
  failureCode = 'corrupt-image',
): Promise<string> {
  return cloud.send(cloud.stage.rejections, bodyOf(cloud, imageId), {
    ...{ failureCode, failureMessage: 'premature end of JPEG image', imageId },
    sourceQueue: 'darkroom-test-renditions',
  });
}

/** As SQS leaves it after the last receive: without attributes, its image failed. */
export async function addFailed(cloud: OperationsCloud, imageId = uuidv7()): Promise<string> {
  const failure = { code: 'dependency-unavailable', message: 'S3 GetObject: SlowDown' } as const;
  const task = { sequencer, revision: '1', attemptId: 'a', messageId: 'm', receiveCount: 5, leaseUntil: 0 };
  await cloud.put({
    ...{ imageId, ownerId: 'local', updatedAt: new Date().toISOString(), sequencer },
    metadataTask: { ...task, state: 'failed', failure },
  });
  return cloud.send(cloud.queuesOf('metadata').dlq, bodyOf(cloud, imageId));
}

export function addMalformed(cloud: OperationsCloud): Promise<string> {
  return cloud.send(cloud.queuesOf('renditions').dlq, 'not json', {
    failureCode: 'malformed-message',
    failureMessage: 'not JSON',
    tenant: 'a',
  });
}
