// The embedded queues, topics and tables on a free port and a folder of their own, for tests that need no S3.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { createClients } from '../../../scripts/local/aws-clients.ts';
import { keepCredentials } from '../../../scripts/local/credentials.ts';
import { createDynamoDb } from '../../../scripts/local/engines/dynamodb.ts';
import { startFrontServer } from '../../../scripts/local/engines/front-server.ts';
import { createMessaging } from '../../../scripts/local/engines/messaging.ts';

export const region = 'eu-central-1';

// A busy machine may take its time; a right answer comes as soon as it can.
const patienceMs = 20_000;

/** Waits until the check passes. */
export function eventually(check: () => unknown) {
  return vi.waitFor(check, { timeout: patienceMs, interval: 10 });
}

export type TestEngines = Awaited<ReturnType<typeof startTestEngines>>;

export async function makeFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'darkroom-local-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

async function startTestEngines(dataDir: string) {
  const warn = () => {};
  const front = await startFrontServer(0, region);
  const credentials = keepCredentials(dataDir);
  const { endpoint } = front;
  const messaging = await createMessaging({ dataDir, region, endpoint, warn });
  const dynamodb = createDynamoDb(dataDir, warn);
  front.serve({ sqs: messaging, sns: messaging, sts: messaging, dynamodb }, credentials);
  const clients = createClients({ endpoint, region, credentials });
  return {
    endpoint,
    credentials,
    clients,
    endLongPolls: () => messaging.endLongPolls(),
    releaseMessages: (queueUrl: string) => messaging.releaseMessages(queueUrl),
    close: async () => {
      for (const client of Object.values(clients)) client.destroy();
      await front.close();
      await Promise.all([messaging.close(), dynamodb.close()]);
    },
  };
}

/** Starts engines for each test, or once for all of a file, in a folder of their own. */
export function useEngines(scope: 'test' | 'file') {
  // Filled before the first test.
  const engines = {} as TestEngines & { folder: string };
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  const before = async () => {
    folder = await makeFolder();
    Object.assign(engines, await startTestEngines(folder.path), { folder: folder.path });
  };
  const after = async () => {
    await engines.close();
    await folder.remove();
  };
  if (scope === 'file') {
    beforeAll(before);
    afterAll(after);
  } else {
    beforeEach(before);
    afterEach(after);
  }
  const restart = async () => {
    await engines.close();
    Object.assign(engines, await startTestEngines(folder.path));
  };
  return { engines, restart };
}

type Clients = Pick<TestEngines, 'clients'>;

export async function attributesOf({ clients }: Clients, QueueUrl = '') {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  return (await clients.sqs.send(command)).Attributes ?? {};
}

export async function subscriptionsOf({ clients }: Clients, TopicArn = '') {
  return (await clients.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions;
}

/** How many messages wait, and how many are received but not deleted. */
export async function countMessages(engines: Clients, QueueUrl: string) {
  const attributes = await attributesOf(engines, QueueUrl);
  return {
    visible: Number(attributes['ApproximateNumberOfMessages']),
    inFlight: Number(attributes['ApproximateNumberOfMessagesNotVisible']),
  };
}
