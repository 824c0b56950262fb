// What the adapters of the images table really ask of DynamoDB: their own requests, taken before they are sent.
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createTableClient } from '../../../shared/aws/clients.ts';

export interface TableCall {
  /** As in a policy: `dynamodb:UpdateItem`. */
  readonly action: string;
  /** What IAM may be told is read or written: attributes and, of paths into one, the whole path too. */
  readonly attributes: readonly string[];
}

export interface TableRequest {
  readonly Key?: object;
  readonly Item?: object;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
}

/** A client that answers everything with nothing, or reads with an item, and what was asked of it. */
export function recordingClient(Item?: object): { client: DynamoDBDocumentClient; calls: TableCall[] } {
  const client = createTableClient();
  const calls: TableCall[] = [];
  client.middlewareStack.add(
    (_next, { commandName = '' }) =>
      async ({ input }) => {
        calls.push({
          action: actionOf(commandName),
          attributes: attributesOf(input as TableRequest),
        });
        return { output: { Attributes: {}, Item, Items: [], $metadata: {} }, response: {} };
      },
    { step: 'initialize', name: 'record', priority: 'high' },
  );
  return { client, calls };
}

const actions: Readonly<Record<string, string>> = {
  ...{ Get: 'GetItem', Put: 'PutItem', Update: 'UpdateItem', BatchGet: 'BatchGetItem' },
};

export function actionOf(commandName: string): string {
  const name = commandName.replace(/Command$/, '');
  return `dynamodb:${actions[name] ?? name}`;
}

export function attributesOf({
  Key = {},
  Item = {},
  UpdateExpression = '',
  ConditionExpression = '',
  ExpressionAttributeNames = {},
}: TableRequest): string[] {
  const named = (path: string) => path.replaceAll(/#\w+/g, (name) => ExpressionAttributeNames[name] ?? name);
  const paths = `${UpdateExpression} ${ConditionExpression}`.match(/#\w+(\.#\w+)*/g) ?? [];
  const whole = paths.map(named);
  const heads = whole.map((path) => path.split('.')[0] ?? path);
  return [...new Set([...Object.keys(Key), ...Object.keys(Item), ...heads, ...whole])].sort();
}
