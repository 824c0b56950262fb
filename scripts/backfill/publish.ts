// Publishes objects to the uploads topic as S3 would have, ten in a call.
// https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
import { PublishBatchCommand } from '@aws-sdk/client-sns';
import { createdNotification } from '../../shared/domain/events/s3-notification.ts';
import { inBatches } from '../operations/batches.ts';
import type { Stage } from '../operations/stage.ts';
import { OperatorError } from '../terminal/errors.ts';
import type { WantedObject } from './select.ts';

const maxTries = 4;

/**
 * Publishes them all, batches side by side.
 * @throws {OperatorError} when SNS goes on refusing some: then any of them may or may not be published
 */
export async function publishAll(stage: Stage, objects: readonly WantedObject[]): Promise<void> {
  await Promise.all(inBatches(objects).map((batch) => publishBatch(stage, batch)));
}

async function publishBatch({ clients, uploadsTopicArn }: Stage, batch: WantedObject[]): Promise<void> {
  let remaining = batch;
  let reason = '';
  for (let tries = 0; tries < maxTries && remaining.length > 0; tries += 1) {
    const PublishBatchRequestEntries = remaining.map((object, index) => ({
      Id: String(index),
      Message: createdNotification(object, object.sequencer, new Date()),
      Subject: 'Amazon S3 Notification',
    }));
    const { Failed = [] } = await clients.sns.send(
      new PublishBatchCommand({ TopicArn: uploadsTopicArn, PublishBatchRequestEntries }),
    );
    reason = Failed[0]?.Message ?? '';
    remaining = Failed.flatMap(({ Id }) => remaining[Number(Id)] ?? []);
  }
  if (remaining.length > 0)
    throw new OperatorError(`SNS refused ${remaining.length} messages ${maxTries} times: ${reason}`);
}
