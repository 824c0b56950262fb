// Messages between the engine and its child over one socket: a JSON head and the byte blocks that belong to it.
// Node's own IPC would copy every original four times; here each side hands its buffers to the kernel as they are.

import type { Socket } from 'node:net';

export interface Frame {
  readonly head: unknown;
  readonly blocks: readonly Buffer[];
}

/** Lengths first: of the envelope, then in it of every block. */
const prefixBytes = 4;
const maxEnvelopeBytes = 1024 * 1024;

interface Envelope {
  readonly head: unknown;
  readonly lengths: readonly number[];
}

/** @param blocks are not copied: they must not change until the socket has taken them */
export function sendFrame(socket: Socket, head: unknown, blocks: readonly Uint8Array[]): void {
  const envelope: Envelope = { head, lengths: blocks.map((block) => block.byteLength) };
  const text = Buffer.from(JSON.stringify(envelope));
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt32LE(text.length);
  socket.cork();
  socket.write(Buffer.concat([prefix, text]));
  for (const block of blocks) socket.write(block);
  socket.uncork();
}

/** Calls back with every frame that arrives whole. */
export function onFrames(socket: Socket, receive: (frame: Frame) => void): void {
  const assembler = new FrameAssembler(receive);
  socket.on('data', (chunk: Buffer) => assembler.push(chunk));
}

/** Puts frames together from the pieces in which they arrive. */
export class FrameAssembler {
  readonly #receive: (frame: Frame) => void;
  #envelope: Envelope | undefined;
  /** What is being filled, and how far: the prefix, then the envelope, then all blocks in one piece. */
  #target = Buffer.alloc(prefixBytes);
  #filled = 0;

  constructor(receive: (frame: Frame) => void) {
    this.#receive = receive;
  }

  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      const copied = chunk.copy(this.#target, this.#filled, at);
      at += copied;
      this.#filled += copied;
      while (this.#filled === this.#target.length) this.#advance();
    }
  }

  #advance(): void {
    const filled = this.#target;
    this.#filled = 0;
    if (this.#envelope !== undefined) {
      const { head, lengths } = this.#envelope;
      this.#envelope = undefined;
      this.#target = Buffer.alloc(prefixBytes);
      this.#receive({ head, blocks: split(filled, lengths) });
    } else if (filled.length === prefixBytes) {
      const length = filled.readUInt32LE();
      if (length <= prefixBytes || length > maxEnvelopeBytes)
        throw new RangeError('a frame of absurd length');
      this.#target = Buffer.allocUnsafe(length);
    } else {
      this.#envelope = JSON.parse(filled.toString()) as Envelope;
      this.#target = Buffer.allocUnsafe(this.#envelope.lengths.reduce((sum, length) => sum + length, 0));
    }
  }
}

function split(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return bytes.subarray(at - length, at);
  });
}
