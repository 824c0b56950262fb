// The queue and the topics that tests use in place of SQS and SNS keep the contract of the real ones.

import type { MessagePutAside } from '../../../shared/processing/ports.ts';
import { messagesContract } from '../../support/contracts/messages.ts';
import {
  createMemoryImageEvents,
  createMemoryQueue,
  createMemoryUploadsTopic,
} from '../../support/memory/messages.ts';

messagesContract(async () => {
  const queue = createMemoryQueue();
  const imageEvents = createMemoryImageEvents();
  const uploads = createMemoryUploadsTopic();
  const since = (all: readonly MessagePutAside[]) => {
    let seen = 0;
    return async () => {
      const news = all.slice(seen);
      seen = all.length;
      return news;
    };
  };
  return {
    queue,
    imageEvents,
    uploads,
    rejectedMessages: since(queue.rejectedMessages),
    deadLetterMessages: since(queue.deadLetterMessages),
    publishedEvents: async () => imageEvents.published,
    republishedOriginals: async () => uploads.republished,
  };
});
