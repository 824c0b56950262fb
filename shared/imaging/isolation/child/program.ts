// What the programs of imaging processes have in common: an order in, one report out, and an end when there is no parent.

import { Socket } from 'node:net';
import { PermanentFailure } from '../../../domain/errors.ts';
import { type Frame, FrameAssembler, sendFrame } from '../frames.ts';
import { channelDescriptor, type FailureReport, type Ready } from '../protocol.ts';

/** What the parent says is not hostile, and as long as an original. */
const anything = { maxHeadBytes: 1024 ** 2, maxBlocks: 1, maxBlockBytes: 1024 ** 3 };

export interface Report {
  readonly head: object;
  readonly blocks?: readonly Uint8Array[];
}

/** Asks the parent in the middle of an order. */
export type AskParent = (head: object) => Promise<Frame>;

/**
 * Fulfills one order after the other, for as long as there is a parent.
 * @param fulfill throws {PermanentFailure} when the file is at fault
 * @param afterwards done while the parent reads the report
 */
export function serve(
  fulfill: (order: Frame, ask: AskParent) => Promise<Report>,
  afterwards: () => void = () => {},
): void {
  const channel = new Socket({ fd: channelDescriptor });
  let answered: ((frame: Frame) => void) | undefined;
  const send = ({ head, blocks = [] }: Report) => sendFrame(channel, head, blocks);
  const ask: AskParent = (head) => {
    send({ head });
    return new Promise((resolve) => {
      answered = resolve;
    });
  };
  const assembler = new FrameAssembler(
    () => anything,
    (frame) => {
      const answer = answered;
      answered = undefined;
      if (answer) answer(frame);
      else void fulfill(frame, ask).catch(failureReport).then(send).then(afterwards);
    },
  );
  channel.on('data', (chunk: Buffer) => assembler.push(chunk));
  // Without its parent there is nobody to work for, nor to complain to.
  for (const end of ['close', 'error']) channel.once(end, () => process.exit());
  send({ head: { kind: 'ready' } satisfies Ready });
}

function failureReport(error: unknown): Report {
  const message = error instanceof Error ? error.message : String(error);
  const head: FailureReport =
    error instanceof PermanentFailure
      ? { kind: 'rejected', code: error.code, message: message.slice(0, maxMessage) }
      : { kind: 'failed', message: ((error as Error | undefined)?.stack ?? message).slice(0, maxMessage) };
  return { head };
}

/** Of a message or a stack: characters. */
const maxMessage = 2_000;
