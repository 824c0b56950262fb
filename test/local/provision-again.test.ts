// Provisioning on a folder that has been provisioned: only what changed is changed.

import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, PublishCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { TemplateResource } from '../../scripts/local/template/types.ts';
import { attributesOf, subscriptionsOf, useEngines } from './support/engines.ts';
import { provisionTemplate, queue } from './support/template.ts';

const { engines, restart } = useEngines('test');

const provision = (change?: Record<string, TemplateResource>) => provisionTemplate(engines, change);

describe('provisioning again', () => {
  it('changes nothing when it runs again on the same folder after a restart', async () => {
    const first = await provision();
    const { dynamodb, sqs } = engines.clients;
    await sqs.send(new SendMessageCommand({ QueueUrl: first.resources['Jobs']?.ref, MessageBody: 'kept' }));
    await dynamodb.send(new PutItemCommand({ TableName: 'things', Item: { id: { S: 'kept' } } }));
    await restart();

    const second = await provision();

    const QueueUrl = second.resources['Jobs']?.ref;
    expect(QueueUrl).toBe(`${engines.endpoint}/000000000000/jobs`);
    expect(await subscriptionsOf(engines, second.resources['News']?.ref)).toHaveLength(1);
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

    const attributes = await attributesOf(engines, again.resources['Jobs']?.ref);
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

  it('finds a subscription among those of a topic that existed before', async () => {
    await engines.clients.sns.send(new CreateTopicCommand({ Name: 'news' }));

    const made = await provision();

    expect(await subscriptionsOf(engines, made.resources['News']?.ref)).toHaveLength(1);
  });
});
