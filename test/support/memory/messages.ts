// The queue and the topics in memory: they keep what they are told, in order. They pass the contract that the adapters on
// SQS and SNS pass (test/support/contracts/messages.ts).

import type { ImageEvent } from '../../../shared/domain/events/image-event.ts';
import { type OriginalEvent, parseOriginalEvents } from '../../../shared/domain/events/s3-event.ts';
import { createdNotification } from '../../../shared/domain/events/s3-notification.ts';
import type { ImageEvents, MessagePutAside, WorkQueue } from '../../../shared/processing/ports.ts';
import type { UploadsTopic } from '../../../shared/reconcile/ports.ts';

export interface MemoryQueue extends WorkQueue {
  readonly delays: readonly { readonly receiptHandle: string; readonly seconds: number }[];
  readonly rejectedMessages: readonly MessagePutAside[];
  readonly deadLetterMessages: readonly MessagePutAside[];
}

export function createMemoryQueue(): MemoryQueue {
  const delays: { receiptHandle: string; seconds: number }[] = [];
  const rejectedMessages: MessagePutAside[] = [];
  const deadLetterMessages: MessagePutAside[] = [];
  return {
    delays,
    rejectedMessages,
    deadLetterMessages,
    async delay(receiptHandle, seconds) {
      delays.push({ receiptHandle, seconds });
    },
    async reject(message) {
      rejectedMessages.push(message);
    },
    async deadLetter(message) {
      deadLetterMessages.push(message);
    },
  };
}

export interface MemoryImageEvents extends ImageEvents {
  readonly published: readonly ImageEvent[];
}

export function createMemoryImageEvents(): MemoryImageEvents {
  const published: ImageEvent[] = [];
  return {
    published,
    async publish(event) {
      published.push(event);
    },
  };
}

export interface MemoryUploadsTopic extends UploadsTopic {
  /** The originals as workers hear of them. */
  readonly republished: readonly OriginalEvent[];
}

export function createMemoryUploadsTopic(): MemoryUploadsTopic {
  const republished: OriginalEvent[] = [];
  return {
    republished,
    async republish(original, sequencer) {
      republished.push(
        ...parseOriginalEvents(createdNotification(original, sequencer, new Date()), original.bucket),
      );
    },
  };
}
