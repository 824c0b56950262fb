// How full each queue is: what SQS counts, without a look at any message.

import type { QueueCounts, QueuesAnswer } from '../../web/src/operations/answers.ts';
import { approximateCounts } from '../dlq/receive.ts';
import type { Queue, Stage } from '../operations/stage.ts';

export async function readQueues(stage: Stage): Promise<QueuesAnswer> {
  const countsOf = async (queue: Queue): Promise<QueueCounts> => {
    const { visible, ...others } = await approximateCounts(stage.clients.sqs, queue);
    return { name: queue.name, waiting: visible, ...others };
  };
  const workers = stage.queues.map(async ({ task, source, dlq }) => {
    const [ofSource, ofDlq] = await Promise.all([countsOf(source), countsOf(dlq)]);
    return { task, source: ofSource, dlq: ofDlq };
  });
  const [rejections, ...ofWorkers] = await Promise.all([countsOf(stage.rejections), ...workers]);
  return { stage: stage.name, place: stage.place, workers: ofWorkers, rejections };
}
