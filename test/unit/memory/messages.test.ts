// The queue and the topics that tests use in place of SQS and SNS keep the contract of the real ones.

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
  let seen = 0;
  return {
    queue,
    imageEvents,
    uploads,
    async deadLetterMessages() {
      const since = queue.deadLetterMessages.slice(seen);
      seen += since.length;
      return since;
    },
    publishedEvents: async () => imageEvents.published,
    republishedOriginals: async () => uploads.republished,
  };
});
