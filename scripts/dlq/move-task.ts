// The native redrive: SQS moves a whole DLQ back to its source queue by itself.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
import { setTimeout as sleep } from 'node:timers/promises';
import { ListMessageMoveTasksCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { Stage, TaskQueues } from '../operations/stage.ts';
import type { Progress } from '../terminal/progress.ts';

const pollMilliseconds = 1000;
/** How endpoints say that they have no such call. */
const notThere = /^(UnsupportedOperation|InvalidAction|UnknownOperation|NotImplemented|UnknownAction)/;

/**
 * Moves everything in a DLQ to its source queue, and waits until that is done.
 * @returns how many were moved; undefined where the endpoint has no such call
 * @throws when the move ends otherwise than complete
 */
export async function moveAll(
  { clients: { sqs } }: Stage,
  { dlq, source }: TaskQueues,
  progress: Progress,
): Promise<number | undefined> {
  const start = new StartMessageMoveTaskCommand({ SourceArn: dlq.arn, DestinationArn: source.arn });
  try {
    await sqs.send(start);
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
  for (let reported = 0; ; ) {
    const { Results = [] } = await sqs.send(
      new ListMessageMoveTasksCommand({ SourceArn: dlq.arn, MaxResults: 1 }),
    );
    const [task] = Results;
    const moved = task?.ApproximateNumberOfMessagesMoved ?? 0;
    progress.advance(Math.max(0, moved - reported));
    reported = moved;
    if (task?.Status === 'COMPLETED') return moved;
    if (task?.Status !== 'RUNNING') {
      throw new Error(
        `Moving ${dlq.name} ended as ${task?.Status ?? 'unknown'}: ${task?.FailureReason ?? 'no reason given'}`,
      );
    }
    await sleep(pollMilliseconds);
  }
}

function isNotThere(error: unknown): boolean {
  const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  return notThere.test(name) || $metadata?.httpStatusCode === 501;
}
