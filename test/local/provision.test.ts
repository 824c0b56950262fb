// Provisioning from a template: what comes into being, and that doing it again changes only what changed.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, ListSubscriptionsByTopicCommand, PublishCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { TemplateResource } from '../../scripts/local/template/types.ts';
import { useEngines } from './support/engines.ts';
import { provisionTemplate, queue, resources } from './support/template.ts';

const { engines, restart } = useEngines('test');

function provision(change?: Record<string, TemplateResource>, conditions?: object) {
  return provisionTemplate(engines, change, conditions);
}

async function attributesOf(QueueUrl = '') {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  return (await engines.clients.sqs.send(command)).Attributes ?? {};
}

async function subscriptionsOf(TopicArn = '') {
  return (await engines.clients.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions;
}

describe('provisioning', () => {
  it('makes queues with their attributes, and a name where the template has none', async () => {
    const stack = await provision();

    expect(stack.resources['Jobs']).toEqual({
      ref: `${engines.endpoint}/000000000000/jobs`,
      attributes: {
        Arn: 'arn:aws:sqs:eu-central-1:000000000000:jobs',
        QueueName: 'jobs',
        QueueUrl: `${engines.endpoint}/000000000000/jobs`,
      },
    });
    expect(stack.resources['Dead']?.attributes['QueueName']).toBe('test-stack-Dead');
    expect(await attributesOf(stack.resources['Jobs']?.ref)).toMatchObject({
      VisibilityTimeout: '42',
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:000000000000:test-stack-Dead',
        maxReceiveCount: 5,
      }),
    });
  });

  it('joins a topic to a queue', async () => {
    const { resources: made } = await provision();

    await engines.clients.sns.send(new PublishCommand({ TopicArn: made['News']?.ref, Message: 'hello' }));

    const { Messages } = await engines.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: made['Jobs']?.ref, WaitTimeSeconds: 1 }),
    );
    expect(Messages?.map((message) => message.Body)).toEqual(['hello']);
  });

  it('makes a table whose index answers', async () => {
    const { dynamodb } = engines.clients;
    await provision();

    await dynamodb.send(
      new PutItemCommand({ TableName: 'things', Item: { id: { S: '1' }, owner: { S: 'me' } } }),
    );

    const { Count } = await dynamodb.send(
      new QueryCommand({
        TableName: 'things',
        IndexName: 'byOwner',
        KeyConditionExpression: '#owner = :me',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':me': { S: 'me' } },
      }),
    );
    expect(Count).toBe(1);
  });

  it('makes up a secret once, and only the owner of the folder can read it', async () => {
    const Key = {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } },
    };
    const first = await provision({ Key });
    const again = await provision({ Key });

    expect(first.resources['Key']).toEqual({
      ref: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:test-stack-Key',
      attributes: { Id: first.resources['Key']?.ref },
      secret: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(again.resources['Key']).toEqual(first.resources['Key']);
    const { mode } = await stat(join(engines.folder, 'secrets', 'test-stack-Key'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('reads event source mappings, and stands in for what means nothing locally', async () => {
    const stack = await provision();

    expect(stack.mappings).toEqual([
      {
        logicalId: 'Mapping',
        queueArn: 'arn:aws:sqs:eu-central-1:000000000000:jobs',
        functionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:test-work',
        batchSize: 5,
        batchingWindowSeconds: 0,
        maximumConcurrency: 3,
        reportsBatchItemFailures: true,
      },
    ]);
    expect(stack.resources['Role']?.attributes['Arn']).toBe('arn:aws:not-local:::Role');
  });

  it('knows an alias by its function', async () => {
    const Live = {
      Type: 'AWS::Lambda::Alias',
      Properties: { FunctionName: { Ref: 'WorkLambdaFunction' }, FunctionVersion: '$LATEST', Name: 'live' },
    };
    const Mapping = {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { ...resources['Mapping']?.Properties, FunctionName: { Ref: 'Live' } },
    };

    const stack = await provision({ Live, Mapping });

    expect(stack.mappings.map(({ functionArn }) => functionArn)).toEqual([
      'arn:aws:lambda:eu-central-1:000000000000:function:test-work:live',
    ]);
  });

  it('changes nothing when it runs again on the same folder after a restart', async () => {
    const first = await provision();
    const { dynamodb, sqs } = engines.clients;
    await sqs.send(new SendMessageCommand({ QueueUrl: first.resources['Jobs']?.ref, MessageBody: 'kept' }));
    await dynamodb.send(new PutItemCommand({ TableName: 'things', Item: { id: { S: 'kept' } } }));
    await restart();

    const second = await provision();

    const QueueUrl = second.resources['Jobs']?.ref;
    expect(QueueUrl).toBe(`${engines.endpoint}/000000000000/jobs`);
    expect(await subscriptionsOf(second.resources['News']?.ref)).toHaveLength(1);
    const { Messages } = await engines.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.map((message) => message.Body)).toEqual(['kept']);
    const { Item } = await engines.clients.dynamodb.send(
      new GetItemCommand({ TableName: 'things', Key: { id: { S: 'kept' } } }),
    );
    expect(Item).toEqual({ id: { S: 'kept' } });
  });

  it('brings attributes up to date, also those that the template gave up', async () => {
    await provision();

    const again = await provision({
      Jobs: queue({ QueueName: 'jobs' }),
      NewsToJobs: {
        Type: 'AWS::SNS::Subscription',
        Properties: {
          TopicArn: { Ref: 'News' },
          Protocol: 'sqs',
          Endpoint: { 'Fn::GetAtt': ['Jobs', 'Arn'] },
          FilterPolicy: { type: ['image.ready'] },
        },
      },
    });

    const attributes = await attributesOf(again.resources['Jobs']?.ref);
    expect(attributes['VisibilityTimeout']).toBe('30');
    expect(attributes).not.toHaveProperty('RedrivePolicy');
    await engines.clients.sns.send(
      new PublishCommand({ TopicArn: again.resources['News']?.ref, Message: 'no type' }),
    );
    await engines.clients.sns.send(
      new PublishCommand({
        TopicArn: again.resources['News']?.ref,
        Message: 'typed',
        MessageAttributes: { type: { DataType: 'String', StringValue: 'image.ready' } },
      }),
    );
    const { Messages = [] } = await engines.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: again.resources['Jobs']?.ref, MaxNumberOfMessages: 10 }),
    );
    expect(Messages.map((message) => JSON.parse(message.Body ?? '').Message)).toEqual(['typed']);
  });

  it('passes over an e-mail address, which nothing here could write to', async () => {
    const Properties = { TopicArn: { Ref: 'News' }, Protocol: 'email', Endpoint: 'night@photos.example' };
    const made = await provision({
      ...resources,
      NewsToNight: { Type: 'AWS::SNS::Subscription', Properties },
    });

    expect(made.resources['NewsToNight']?.attributes['Arn']).toBe('arn:aws:not-local:::NewsToNight');
    expect(await subscriptionsOf(made.resources['News']?.ref)).toHaveLength(1);
  });

  it('finds a subscription among those of a topic that existed before', async () => {
    await engines.clients.sns.send(new CreateTopicCommand({ Name: 'news' }));

    const made = await provision();

    expect(await subscriptionsOf(made.resources['News']?.ref)).toHaveLength(1);
  });

  it('leaves out a resource whose condition does not hold', async () => {
    const stack = await provision(
      { Extra: { ...queue(), Condition: 'IsProd' } },
      { IsProd: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'nowhere'] } },
    );

    expect(stack.resources).not.toHaveProperty('Extra');
  });

  it.each<[what: string, change: Record<string, TemplateResource>, message: RegExp]>([
    [
      'a type it does not know',
      { Bus: { Type: 'AWS::Kinesis::Stream' } },
      /does not know Bus \(AWS::Kinesis::Stream\)/,
    ],
    ['a property it does not know', { Odd: queue({ Color: 'red' }) }, /Odd \(AWS::SQS::Queue\): .*Color/],
    [
      'a reference to nothing',
      { Odd: queue({ QueueName: { Ref: 'Gone' } }) },
      /Odd\.Properties\.QueueName: nothing is called Gone/,
    ],
    [
      'a filter on an event source mapping',
      {
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { ...resources['Mapping']?.Properties, FilterCriteria: {} },
        },
      },
      /Mapping .*FilterCriteria/,
    ],
  ])('refuses %s', async (_what, change, message) => {
    await expect(provision(change)).rejects.toThrow(message);
  });

  it('refuses a table whose keys are not those of the template', async () => {
    await provision();
    const table = resources['Table']?.Properties;

    const changed = provision({
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { ...table, GlobalSecondaryIndexes: [] } },
    });

    await expect(changed).rejects.toThrow('Table things has other keys or indexes than the template');
  });
});
