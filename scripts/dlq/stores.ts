// Where messages are put aside: the DLQ of each worker, which holds what the system failed at, and the queue of rejections,
// which holds what clients' files are to blame for.

import type { Message } from '@aws-sdk/client-sqs';
import type { Queue, Stage, TaskQueues } from '../operations/stage.ts';
import { UsageError } from '../terminal/errors.ts';

export interface Store {
  /** As it is typed after --queue; so is the queue's own name. */
  readonly name: string;
  readonly queue: Queue;
  readonly kind: 'dlq' | 'rejections';
  /** The queues of the worker that put the message aside. */
  originOf(message: Message): TaskQueues;
}

const rejections = 'rejections';

/** The DLQs, then the queue of rejections. */
export function storesOf({ queues, rejections: queue }: Pick<Stage, 'queues' | 'rejections'>): Store[] {
  const [first] = queues;
  if (first === undefined) throw new Error('A stage has at least one worker.');
  const ofRejections: Store = {
    ...{ name: rejections, queue, kind: 'rejections' },
    originOf({ MessageAttributes }) {
      const source = MessageAttributes?.['sourceQueue']?.StringValue;
      return queues.find((one) => one.source.name === source) ?? first;
    },
  };
  const dlqs = queues.map((one): Store => {
    return { name: one.task, queue: one.dlq, kind: 'dlq', originOf: () => one };
  });
  return [...dlqs, ofRejections];
}

/** @throws {UsageError} when the stage has no such store, naming those that it has */
export function checkStore(stage: Stage, name: string | undefined): void {
  const stores = storesOf(stage);
  if (name === undefined || stores.some((store) => isNamed(store, name))) return;
  throw new UsageError(`There is no queue ${name}: there are ${stores.map((one) => one.name).join(', ')}.`);
}

export function isNamed({ name, queue }: Store, given: string): boolean {
  return given === name || given === queue.name;
}
