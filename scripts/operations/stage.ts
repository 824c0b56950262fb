// A stage's resources, found by the names that resources/*.yml give them: no tool needs to be told an ARN.
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { type Task, tasks } from '../../shared/domain/tasks.ts';
import { OperatorError } from '../terminal/errors.ts';
import { type Connection, connect, type Place, type SdkClients } from './connection.ts';

const service = 'darkroom';

export interface Queue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
}

export interface TaskQueues {
  readonly task: Task;
  readonly source: Queue;
  readonly dlq: Queue;
}

export interface Stage {
  readonly name: string;
  readonly region: string;
  /** For people: the endpoint, or AWS itself. */
  readonly place: string;
  /** An emulator of AWS, whose every service is one process. */
  readonly isEmulated: boolean;
  readonly clients: SdkClients;
  readonly queues: readonly TaskQueues[];
  /** Holds the messages of files that are at fault, whichever worker found it. */
  readonly rejections: Queue;
  readonly tableName: string;
  readonly originalsBucket: string;
  readonly renditionsBucket: string;
  readonly uploadsTopicArn: string;
  readonly imageEventsTopicArn: string;
}

/**
 * Finds the stage's resources.
 * @throws {OperatorError} when there is no such stage at this place
 */
export async function openStage(at: Place): Promise<Stage> {
  const connection = connect(at);
  const { clients, stage: name, place, isEmulated } = connection;
  const prefix = `${service}-${name}`;
  const queues = await Promise.all(
    tasks.map(async (task) => ({
      task,
      source: await findQueue(connection, `${prefix}-${task}`),
      dlq: await findQueue(connection, `${prefix}-${task}-dlq`),
    })),
  );
  const rejections = await findQueue(connection, `${prefix}-rejections`);
  // arn:partition:sqs:region:account:name
  const [, partition, , region, account] = (queues[0]?.source.arn ?? '').split(':');
  const topicArn = (topic: string) => `arn:${partition}:sns:${region}:${account}:${prefix}-${topic}`;
  return {
    ...{ name, region: connection.region, place, isEmulated, clients, queues, rejections },
    tableName: `${prefix}-images`,
    originalsBucket: `${prefix}-originals-${account}-${region}`,
    renditionsBucket: `${prefix}-renditions-${account}-${region}`,
    uploadsTopicArn: topicArn('uploads'),
    imageEventsTopicArn: topicArn('image-events'),
  };
}

async function findQueue({ clients, place, stage }: Connection, name: string): Promise<Queue> {
  try {
    const { QueueUrl: url = '' } = await clients.sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    const { Attributes } = await clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
    );
    return { name, url, arn: Attributes?.['QueueArn'] ?? '' };
  } catch (cause) {
    if (!/NonExistentQueue|QueueDoesNotExist/.test((cause as Error).name)) throw cause;
    throw new OperatorError(`There is no queue ${name} at ${place}: is stage ${stage} deployed there?`, {
      cause,
    });
  }
}
