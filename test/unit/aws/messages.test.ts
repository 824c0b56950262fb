// What the adapters of SQS and SNS send.

import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createImageEvents } from '../../../shared/aws/image-events-topic.ts';
import { createUploadsTopic } from '../../../shared/aws/uploads-topic.ts';
import { createWorkQueue } from '../../../shared/aws/work-queue.ts';
import { imageEventOf } from '../../../shared/domain/events/image-event.ts';
import { createdNotification } from '../../../shared/domain/events/s3-notification.ts';
import { ready } from '../../support/image-records.ts';
import {
  createRecordedClients,
  jsonError,
  type RecordedClients,
  type SentRequest,
  snsError,
} from '../support/recorded-clients.ts';

const now = new Date('2026-11-02T09:15:30.123Z');
let clients: RecordedClients;

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  clients = createRecordedClients();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('a work queue', () => {
  const url = 'https://sqs.eu-central-1.amazonaws.com/111122223333/darkroom-prod-renditions';
  const queue = () =>
    createWorkQueue(clients.sqs, { queue: url, deadLetters: `${url}-dead`, rejections: `${url}-rejected` });
  const message = { body: 'the body', failureCode: 'corrupt-image', failureMessage: 'damaged' } as const;
  /** The SDK checks that SQS has received what it was sent. */
  const taken = ({ body }: SentRequest) => {
    const MD5OfMessageBody = createHash('md5').update(JSON.parse(body).MessageBody).digest('hex');
    return { body: JSON.stringify({ MessageId: '1', MD5OfMessageBody }) };
  };
  const sent = () => clients.sent.map(({ headers, body }) => [headers['x-amz-target'], JSON.parse(body)]);
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });

  it('hides a message for so long', async () => {
    await queue().delay('receipt', 42);

    expect(sent()).toEqual([
      [
        'AmazonSQS.ChangeMessageVisibility',
        { QueueUrl: url, ReceiptHandle: 'receipt', VisibilityTimeout: 42 },
      ],
    ]);
  });

  it.each([
    ['rejected', 'reject'],
    ['dead', 'deadLetter'],
  ] as const)('sends what is %s with what an operator can read off it', async (where, how) => {
    clients.answer(taken);
    await queue()[how]({ ...message, imageId: 'one' });

    expect(sent()).toEqual([
      [
        'AmazonSQS.SendMessage',
        {
          ...{ QueueUrl: `${url}-${where}`, MessageBody: 'the body' },
          MessageAttributes: {
            ...{ failureCode: text('corrupt-image'), failureMessage: text('damaged') },
            ...{ sourceQueue: text('darkroom-prod-renditions'), imageId: text('one') },
          },
        },
      ],
    ]);
  });

  it('names no image where none is known', async () => {
    clients.answer(taken);
    await queue().deadLetter(message);

    expect(sent()[0]?.[1].MessageAttributes).not.toHaveProperty('imageId');
  });

  it.each([
    ['what XML cannot hold is left out', 'a\u0000\u0008b\u000bc\ud800d\ufffee', 'abcde'],
    ['what XML can hold stays', '\t\n\r \u{e000}~é', '\t\n\r \u{e000}~é'],
    ['500 characters are sent', 'x'.repeat(500), 'x'.repeat(500)],
    ['the 501st is cut off', `${'x'.repeat(500)}y`, 'x'.repeat(500)],
    ['nothing at all is called unknown, since SQS refuses it', '\u0000', 'unknown'],
  ])('says of a failure what SQS takes: %s', async (_what, failureMessage, expected) => {
    clients.answer(taken);
    await queue().deadLetter({ ...message, failureMessage });

    expect(sent()[0]?.[1].MessageAttributes.failureMessage).toEqual(text(expected));
  });

  it('waits for what it sends, and throws what went wrong', async () => {
    const throttled = jsonError('ThrottlingException', 'too fast');
    clients.answer(throttled, throttled);

    await expect(queue().delay('receipt', 1)).rejects.toMatchObject({
      ...{ code: 'dependency-unavailable', message: 'SQS ChangeMessageVisibility: too fast' },
    });
    await expect(queue().deadLetter(message)).rejects.toMatchObject({ message: 'SQS SendMessage: too fast' });
  });
});

describe('a topic', () => {
  const form = () => Object.fromEntries(new URLSearchParams(clients.sent[0]?.body));

  it('of image events names the API request that the upload began with, where there was one', async () => {
    const event = imageEventOf(ready());
    if (event === undefined) throw new Error('a ready image has an event');

    await createImageEvents(clients.sns, 'arn:aws:sns:events').publish(event, 'request-1');

    expect(form()).toMatchObject({
      'MessageAttributes.entry.2.Name': 'uploadRequestId',
      'MessageAttributes.entry.2.Value.StringValue': 'request-1',
    });
  });

  it('of image events carries the event, and its type for filters', async () => {
    const event = imageEventOf(ready());
    if (event === undefined) throw new Error('a ready image has an event');

    await createImageEvents(clients.sns, 'arn:aws:sns:events').publish(event);

    expect(form()).toMatchObject({
      ...{ Action: 'Publish', TopicArn: 'arn:aws:sns:events', Message: JSON.stringify(event) },
      ...{ 'MessageAttributes.entry.1.Name': 'type', 'MessageAttributes.entry.1.Value.DataType': 'String' },
      'MessageAttributes.entry.1.Value.StringValue': 'image.ready',
    });
  });

  it('of uploads carries what S3 would have said, with S3’s subject', async () => {
    const original = { bucket: 'photos', key: 'originals/one', eTag: 'e', bytes: 5 };

    await createUploadsTopic(clients.sns, 'arn:aws:sns:uploads').republish(original, 'AB');

    expect(form()).toMatchObject({
      ...{ Action: 'Publish', TopicArn: 'arn:aws:sns:uploads', Subject: 'Amazon S3 Notification' },
      Message: createdNotification(original, 'AB', now),
    });
  });

  it('has not heard what it did not acknowledge', async () => {
    const event = imageEventOf(ready());
    if (event === undefined) throw new Error('a ready image has an event');
    clients.answer(
      snsError('InternalError', 'no luck', 500),
      snsError('AuthorizationError', 'not yours', 403),
    );

    await expect(createImageEvents(clients.sns, 'arn').publish(event)).rejects.toMatchObject({
      ...{ code: 'dependency-unavailable', message: 'SNS Publish: no luck' },
    });
    const original = { bucket: 'photos', key: 'k', eTag: 'e', bytes: 5 };
    await expect(createUploadsTopic(clients.sns, 'arn').republish(original, 'AB')).rejects.toMatchObject({
      ...{ code: 'internal', message: 'SNS Publish: not yours' },
    });
  });
});
