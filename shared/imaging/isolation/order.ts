// What one disposable process is asked to do: a conversation with it, whose result is what was ordered.

import type { Failure } from '../../domain/errors.ts';
import type { Frame, FrameLimits } from './frames.ts';

/** What an order is given of the process that fulfills it. */
export interface Conversation {
  /** Says something and waits for the answer. */
  ask(head: unknown, blocks?: readonly Uint8Array[]): Promise<Frame>;
  /** Puts an original where a program that decodes finds it. @throws {Error} when the disk is full */
  handOver(original: Uint8Array): void;
}

/** One piece of work: what is said, and what is made of the answers. */
export interface Order<Result> {
  /** What one answer may hold. */
  readonly answers: FrameLimits;
  /**
   * @returns what was ordered, or the failure that was reported in its place
   * @throws {ReportError} when an answer is not what was ordered. Whatever is thrown ends the process, which may still
   * wait for an answer, and would take the next order for it.
   */
  converse(conversation: Conversation): Promise<Result | Failure>;
}
