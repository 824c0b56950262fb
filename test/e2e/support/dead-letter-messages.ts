// Takes what lies in the DLQs of a running stack.

import { takeAllMessages } from '../../../scripts/client/messages.ts';
import type { Stage } from '../../../scripts/operations/stage.ts';
import type { Task } from '../../../shared/domain/tasks.ts';

/** The string attributes of each message in the DLQ of a task, by name; the messages are gone from it then. */
export async function takeDeadLetterAttributes(
  { clients, queues }: Stage,
  task: Task,
): Promise<Record<string, string | undefined>[]> {
  const dlq = queues.find((one) => one.task === task)?.dlq;
  const messages = await takeAllMessages(clients.sqs, dlq?.url ?? '');
  return messages.map(({ MessageAttributes = {} }) =>
    Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
    ),
  );
}
