// The same deployments against moto, where it is installed: another program's idea of an account, which keeps what is deployed.
// It knows nothing of API Gateway's HTTP APIs, alarms, subscriptions and policies.
// https://docs.getmoto.org/

import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CopiedProject, copyProject } from './support/copied-project.ts';
import { hasMoto, type Moto, startMoto, withoutMoto } from './support/moto.ts';

describe.skipIf(!hasMoto)(`an account of moto${withoutMoto}`, { timeout: 180_000 }, () => {
  let moto: Moto;
  let project: CopiedProject;
  let clients: { readonly s3: S3Client; readonly sqs: SQSClient; readonly dynamodb: DynamoDBClient };

  beforeAll(async () => {
    moto = await startMoto();
    const { endpoint } = moto;
    project = await copyProject(endpoint);
    const given = {
      ...{ endpoint, region: 'eu-central-1', forcePathStyle: true },
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    };
    clients = { s3: new S3Client(given), sqs: new SQSClient(given), dynamodb: new DynamoDBClient(given) };
  });

  afterAll(async () => {
    moto.stop();
    await project.remove();
  });

  async function mustSucceed(words: string): Promise<string> {
    const { code, output } = await project.serverless(words);
    expect({ code, output }).toMatchObject({ code: 0 });
    return output;
  }

  const bucketNames = async () =>
    (await clients.s3.send(new ListBucketsCommand())).Buckets?.map(({ Name }) => Name ?? '') ?? [];

  it('has a stage’s data and queues as the template says, once it is deployed', async () => {
    await mustSucceed('deploy');

    expect(await bucketNames()).toContainEqual(
      expect.stringMatching(/^darkroom-dev-originals-\d+-eu-central-1$/),
    );
    const { Table } = await clients.dynamodb.send(
      new DescribeTableCommand({ TableName: 'darkroom-dev-images' }),
    );
    expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual([
      'byOverdue',
      'byOwner',
    ]);
    const { QueueUrl } = await clients.sqs.send(
      new GetQueueUrlCommand({ QueueName: 'darkroom-dev-renditions' }),
    );
    const { Attributes } = await clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      VisibilityTimeout: '600',
      RedrivePolicy: expect.stringContaining('darkroom-dev-renditions-dlq'),
    });
  });

  it('has nothing changed by the same deployment', async () => {
    expect(await mustSucceed('deploy')).toContain('No changes to deploy');
  });

  it('takes the stage in a second region too, and lets go of the first', async () => {
    await mustSucceed('deploy --region us-east-1');
    await mustSucceed('remove');

    const left = (await bucketNames()).filter((name) => name.startsWith('darkroom-dev-originals-'));
    expect(left).toEqual([expect.stringMatching(/-us-east-1$/)]);
  });
});
