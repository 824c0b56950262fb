// Sends one image back to work, in the way that its state wants.

import { PublishCommand } from '@aws-sdk/client-sns';
import { createdNotification, lowestSequencer } from '../../shared/domain/events/s3-notification.ts';
import { failureOf } from '../../shared/domain/status.ts';
import { isHeld } from '../dlq/dead-letter-message.ts';
import { redrive } from '../dlq/redrive.ts';
import type { Stage } from '../operations/stage.ts';
import { OperatorError } from '../terminal/errors.ts';
import { type Gathered, receiving } from './gather.ts';
import type { Situation } from './situation.ts';

/** @returns what was done, as a sentence @throws {OperatorError} when it cannot be done now */
export async function retry(
  stage: Stage,
  gathered: Gathered,
  { retry: how, says }: Situation,
  now: Date,
): Promise<string> {
  if (how === 'nothing') return says;
  if (how === 'publish again') {
    await publishAgain(stage, gathered);
    return 'Its event was published again.';
  }
  const { surveyed, putAside } = gathered;
  if (putAside.some((message) => isHeld(message, now)))
    throw new OperatorError('A worker still holds the image. Try it again in a minute.');
  const { done, kept, vanished } = await redrive(stage, surveyed, putAside, receiving);
  if (kept > 0 || done === 0)
    throw new OperatorError(
      `${done} messages went back to work, ${kept} could not be sent, ${vanished} were gone.`,
    );
  return `${done} of its messages went back to work.`;
}

/** As S3 would say it; a rejected image is taken up again only by a message that carries the code. */
async function publishAgain(
  { clients: { sns }, uploadsTopicArn }: Stage,
  { record, original }: Gathered,
): Promise<void> {
  if (original === undefined) throw new OperatorError('Its original is gone.');
  const known = record.original ?? original;
  const failure = failureOf(record);
  await sns.send(
    new PublishCommand({
      TopicArn: uploadsTopicArn,
      Message: createdNotification(known, record.sequencer ?? lowestSequencer, new Date()),
      MessageAttributes: failure && { failureCode: { DataType: 'String', StringValue: failure.code } },
    }),
  );
}
