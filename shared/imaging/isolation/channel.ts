// The parent's end of the socket to a process: one frame is waited for at a time, and what is not waited for is told of.

import type { Socket } from 'node:net';
import { type Frame, FrameAssembler, type FrameLimits, sendFrame } from './frames.ts';

interface Expectation {
  readonly limits: FrameLimits;
  readonly resolve: (frame: Frame) => void;
  readonly reject: (error: Error) => void;
}

export class Channel {
  readonly #socket: Socket;
  /** Set while it is the other side's turn to speak. */
  #expected: Expectation | undefined;

  /**
   * @param onNonsense called with a {@link FrameError}
   * @param onClose called when there is nobody at the other end any more
   */
  constructor(socket: Socket, onNonsense: (error: Error) => void, onClose: () => void) {
    this.#socket = socket;
    const assembler = new FrameAssembler(
      () => this.#expected?.limits,
      (frame) => this.#settle()?.resolve(frame),
    );
    socket.on('data', (chunk: Buffer) => {
      try {
        if (!socket.destroyed) assembler.push(chunk);
      } catch (error) {
        onNonsense(error as Error);
      }
    });
    // Its close follows, and tells as much.
    socket.on('error', () => {});
    socket.once('close', onClose);
  }

  /** Waits for one frame. */
  listen(limits: FrameLimits): Promise<Frame> {
    return new Promise((resolve, reject) => {
      this.#expected = { limits, resolve, reject };
    });
  }

  send(head: unknown, blocks: readonly Uint8Array[]): void {
    sendFrame(this.#socket, head, blocks);
  }

  /** Who waits for a frame is told why there will be none. */
  end(why: Error): void {
    this.#socket.destroy();
    this.#settle()?.reject(why);
  }

  #settle(): Expectation | undefined {
    const expected = this.#expected;
    this.#expected = undefined;
    return expected;
  }
}
