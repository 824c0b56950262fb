// What every queue and topic must do, those on SQS and SNS and those in memory: what is said arrives as it was said.

import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ImageEvent, imageEventOf } from '../../../shared/domain/events/image-event.ts';
import { type OriginalEvent, parseOriginalEvents } from '../../../shared/domain/events/s3-event.ts';
import { createdNotification, lowestSequencer } from '../../../shared/domain/events/s3-notification.ts';
import { originalKey } from '../../../shared/domain/object-keys.ts';
import type { ImageEvents, MessagePutAside, WorkQueue } from '../../../shared/processing/ports.ts';
import type { UploadsTopic } from '../../../shared/reconcile/ports.ts';
import { ready } from '../image-records.ts';

export interface Messages {
  readonly queue: Pick<WorkQueue, 'reject' | 'deadLetter'>;
  readonly imageEvents: ImageEvents;
  readonly uploads: UploadsTopic;
  /** What arrived since the last time, at whoever listens. */
  rejectedMessages(): Promise<readonly MessagePutAside[]>;
  deadLetterMessages(): Promise<readonly MessagePutAside[]>;
  publishedEvents(): Promise<readonly ImageEvent[]>;
  republishedOriginals(): Promise<readonly OriginalEvent[]>;
}

export function messagesContract(open: () => Promise<Messages>): void {
  let messages: Messages;

  beforeAll(async () => {
    messages = await open();
  });

  describe('a message of a file at fault', () => {
    it('arrives among the rejections, and nowhere else', async () => {
      const message: MessagePutAside = {
        ...{
          body: '{"Records": []}',
          failureCode: 'corrupt-image',
          failureMessage: 'damaged',
          imageId: uuidv7(),
        },
      };

      await messages.queue.reject(message);

      expect(await messages.rejectedMessages()).toEqual([message]);
      expect(await messages.deadLetterMessages()).toEqual([]);
    });
  });

  describe('a dead letter message', () => {
    it.each<[string, Partial<MessagePutAside>]>([
      ['with the image it is about', { imageId: uuidv7() }],
      ['without an image', {}],
    ])('arrives %s', async (_what, about) => {
      const message: MessagePutAside = {
        ...{ body: '{"Records": "poison"}', failureCode: 'malformed-message', failureMessage: 'no key' },
        ...about,
      };

      await messages.queue.deadLetter(message);

      expect(await messages.deadLetterMessages()).toEqual([message]);
      expect(await messages.rejectedMessages()).toEqual([]);
    });
  });

  describe('an image event', () => {
    it('arrives whole', async () => {
      const event = imageEventOf(ready());
      if (event === undefined) throw new Error('a ready image has an event');

      await messages.imageEvents.publish(event);

      expect(await messages.publishedEvents()).toEqual([event]);
    });
  });

  describe('a republished original', () => {
    it('arrives as the event that S3 would have sent', async () => {
      const imageId = uuidv7();
      const original = { bucket: 'originals', key: originalKey(imageId), eTag: 'etag', bytes: 1234 };

      await messages.uploads.republish(original, lowestSequencer);

      const expected = parseOriginalEvents(
        createdNotification(original, lowestSequencer, new Date()),
        'originals',
      );
      expect(expected).toMatchObject([{ kind: 'created', imageId }]);
      const storedAt = expect.any(Number);
      expect(await messages.republishedOriginals()).toEqual(
        expected.map((event) => ({ ...event, storedAt })),
      );
    });
  });
}
