// Takes what workers and SQS put aside in a running stack.

import { takeAllMessages } from '../../../scripts/client/messages.ts';
import type { Queue, Stage } from '../../../scripts/operations/stage.ts';

/** The string attributes of each message in a queue, by name; the messages are gone from it then. */
export async function takeAttributes(
  { clients }: Stage,
  { url }: Queue,
): Promise<Record<string, string | undefined>[]> {
  const messages = await takeAllMessages(clients.sqs, url);
  return messages.map(({ MessageAttributes = {} }) =>
    Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
    ),
  );
}
