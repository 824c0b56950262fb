// Messages between the engine and its child over one socket: a JSON head and the byte blocks that belong to it.
// Node's own IPC would copy every original four times; here each side hands its buffers to the kernel as they are.

import type { Socket } from 'node:net';

export interface Frame {
  readonly head: unknown;
  readonly blocks: readonly Buffer[];
}

/** What one frame may hold. Declared lengths are held against it before memory is given to them. */
export interface FrameLimits {
  /** Bytes of the head, and of the lengths of the blocks. */
  readonly maxHeadBytes: number;
  readonly maxBlocks: number;
  /** Bytes of all blocks together. */
  readonly maxBlockBytes: number;
}

/** The other side sent what no frame can be, or what nobody waits for. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** Lengths first: of the envelope, then in it of every block. */
const prefixBytes = 4;

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

/** Puts frames together from the pieces in which they arrive. */
export class FrameAssembler {
  readonly #expected: () => FrameLimits | undefined;
  readonly #receive: (frame: Frame) => void;
  #envelope: Envelope | undefined;
  /** What is being filled, and how far: the prefix, then the envelope, then all blocks in one piece. */
  #target = Buffer.alloc(prefixBytes);
  #filled = 0;

  /** @param expected what the next frame may hold; undefined while none is waited for */
  constructor(expected: () => FrameLimits | undefined, receive: (frame: Frame) => void) {
    this.#expected = expected;
    this.#receive = receive;
  }

  /** @throws {FrameError} */
  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      const limits = this.#expected();
      if (limits === undefined) throw new FrameError('bytes that nobody waits for');
      const copied = chunk.copy(this.#target, this.#filled, at);
      at += copied;
      this.#filled += copied;
      while (this.#filled === this.#target.length) this.#advance(limits);
    }
  }

  #advance(limits: FrameLimits): void {
    const filled = this.#target;
    this.#filled = 0;
    if (this.#envelope !== undefined) {
      const { head, lengths } = this.#envelope;
      this.#envelope = undefined;
      this.#target = Buffer.alloc(prefixBytes);
      this.#receive({ head, blocks: split(filled, lengths) });
    } else if (filled.length === prefixBytes) {
      const length = filled.readUInt32LE();
      // As long as the prefix, and it would be taken for one.
      if (length <= prefixBytes || length > limits.maxHeadBytes)
        throw new FrameError(`a head of ${length} bytes`);
      this.#target = Buffer.allocUnsafe(length);
    } else {
      this.#envelope = envelopeIn(filled, limits);
      this.#target = Buffer.allocUnsafe(sum(this.#envelope.lengths));
    }
  }
}

function envelopeIn(bytes: Buffer, { maxBlocks, maxBlockBytes }: FrameLimits): Envelope {
  const { head, lengths } = parsed(bytes);
  const areLengths =
    Array.isArray(lengths) &&
    lengths.length <= maxBlocks &&
    lengths.every((length) => Number.isInteger(length) && length >= 0 && length <= maxBlockBytes);
  if (!areLengths || sum(lengths) > maxBlockBytes) throw new FrameError('blocks of absurd lengths');
  return { head, lengths };
}

function parsed(bytes: Buffer): { readonly head?: unknown; readonly lengths?: unknown } {
  try {
    return Object(JSON.parse(bytes.toString()));
  } catch (error) {
    throw new FrameError('a head that is no JSON', { cause: error });
  }
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + length, 0);
}

function split(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return bytes.subarray(at - length, at);
  });
}
