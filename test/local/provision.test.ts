// Provisioning from a template: what comes into being, and what is refused.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { TemplateResource } from '../../scripts/local/template/types.ts';
import { attributesOf, subscriptionsOf, useEngines } from './support/engines.ts';
import { provisionTemplate, queue, resources } from './support/template.ts';

const { engines } = useEngines('test');

function provision(change?: Record<string, TemplateResource>, conditions?: object) {
  return provisionTemplate(engines, change, conditions);
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
    expect(await attributesOf(engines, stack.resources['Jobs']?.ref)).toMatchObject({
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

  it('passes over an e-mail address, which nothing here could write to', async () => {
    const Properties = { TopicArn: { Ref: 'News' }, Protocol: 'email', Endpoint: 'night@photos.example' };
    const made = await provision({
      ...resources,
      NewsToNight: { Type: 'AWS::SNS::Subscription', Properties },
    });

    expect(made.resources['NewsToNight']?.attributes['Arn']).toBe('arn:aws:not-local:::NewsToNight');
    expect(await subscriptionsOf(engines, made.resources['News']?.ref)).toHaveLength(1);
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
