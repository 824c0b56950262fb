// Boxes of the ISO base media file format (ISO/IEC 14496-12), read from memory with every length checked.

export interface Box {
  readonly type: string;
  readonly body: Buffer;
}

/** Boxes nest a few levels and number dozens; a file of thousands is made to cost time. */
const maxBoxes = 4096;

/** The boxes that lie side by side in these bytes. @throws {RangeError} on a length that cannot be */
export function boxesIn(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const { type, headerLength, length } = boxHeader(bytes.subarray(at, at + 16), bytes.length - at);
    if (at + length > bytes.length || boxes.length >= maxBoxes)
      throw new RangeError(`box ${type} is too long`);
    boxes.push({ type, body: bytes.subarray(at + headerLength, at + length) });
    at += length;
  }
  return boxes;
}

/** @param rest bytes from the box's first to the end of what holds it: the length of a box that states none */
export function boxHeader(
  head: Buffer,
  rest: number,
): { type: string; headerLength: number; length: number } {
  const short = head.readUInt32BE(0);
  const type = head.toString('latin1', 4, 8);
  const headerLength = short === 1 ? 16 : 8;
  const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? rest : short;
  if (length < headerLength) throw new RangeError(`box ${type} is too short`);
  return { type, headerLength, length };
}

/** The first box of a type. */
export function boxOf(boxes: readonly Box[], type: string): Buffer | undefined {
  return boxes.find((box) => box.type === type)?.body;
}

/** Reads numbers of varying width one after another. */
export class Cursor {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** Unsigned, of 1 to 6 or of 8 bytes. @throws {RangeError} at the end */
  uint(byteLength: number): number {
    const value =
      byteLength === 8
        ? Number(this.#bytes.readBigUInt64BE(this.#at))
        : this.#bytes.readUIntBE(this.#at, byteLength);
    this.#at += byteLength;
    return value;
  }

  /** Text up to a zero byte. */
  text(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    const text = this.#bytes.toString('utf8', this.#at, end === -1 ? undefined : end);
    this.#at = end === -1 ? this.#bytes.length : end + 1;
    return text;
  }

  skip(byteLength: number): void {
    this.#at += byteLength;
  }
}
