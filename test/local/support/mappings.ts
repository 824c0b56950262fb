// Event source mappings over the embedded queues, for tests that bring only the function.
import { randomUUID } from 'node:crypto';
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { afterEach, expect } from 'vitest';
import { closeMappings } from '../../../scripts/local/event-source-mapping/close-mappings.ts';
import {
  type EventSourceMapping,
  type EventSourceMappingOptions,
  type Invoke,
  startEventSourceMapping,
} from '../../../scripts/local/event-source-mapping/mapping.ts';
import { countMessages, eventually, useEngines } from './engines.ts';

export interface TestQueue {
  readonly url: string;
  readonly arn: string;
}

export function bodies(event: SQSEvent) {
  return event.Records.map((record) => record.body);
}

export function receiveCount(record: SQSRecord | undefined) {
  return Number(record?.attributes.ApproximateReceiveCount);
}

/** Starts engines for the tests of a file, and closes every mapping after its test. */
export function useMappings() {
  const { engines } = useEngines('file');
  const running: EventSourceMapping[] = [];
  const closeAll = () => closeMappings(running.splice(0), () => engines.endLongPolls());
  afterEach(closeAll);

  const count = (queue: TestQueue) => countMessages(engines, queue.url);
  return {
    engines,
    count,
    closeAll,
    /** Waits until nothing is left in the queue. */
    settled: (queue: TestQueue) =>
      eventually(async () => expect(await count(queue)).toEqual({ visible: 0, inFlight: 0 })),
    makeQueue: async (Attributes: Record<string, string> = {}): Promise<TestQueue> => {
      const { sqs } = engines.clients;
      const { QueueUrl = '' } = await sqs.send(
        new CreateQueueCommand({ QueueName: randomUUID(), Attributes }),
      );
      const made = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
      return { url: QueueUrl, arn: made.Attributes?.QueueArn ?? '' };
    },
    send: async (queue: TestQueue, messages: string[]) => {
      const Entries = messages.map((body, index) => ({ Id: String(index), MessageBody: body }));
      await engines.clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries }));
    },
    /** Starts a mapping. @returns the lines that it reports, as they come */
    map: (queue: TestQueue, invoke: Invoke, options: Partial<EventSourceMappingOptions> = {}) => {
      const lines: string[] = [];
      running.push(
        startEventSourceMapping({
          sqs: engines.clients.sqs,
          invoke,
          report: (line) => lines.push(line),
          functionName: 'a-function',
          queueUrl: queue.url,
          queueArn: queue.arn,
          batchSize: 10,
          batchingWindowSeconds: 0,
          maximumConcurrency: 2,
          reportsBatchItemFailures: true,
          ...options,
        }),
      );
      return lines;
    },
  };
}
