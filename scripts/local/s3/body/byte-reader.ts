// Reads lines and counted runs of bytes from a stream of buffers without joining them.
// A run is handed on in the pieces in which it arrives.
import { S3Error } from '../errors.ts';

const maxLineBytes = 8192;

export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #more(): Promise<Buffer> {
    const next = await this.#source.next();
    if (next.done === true) throw new S3Error('IncompleteBody');
    return next.value;
  }

  /** The next line without its CRLF. @throws {S3Error} IncompleteBody at the end or for an overlong line. */
  async line(): Promise<string> {
    let end = this.#rest.indexOf('\r\n');
    while (end < 0) {
      if (this.#rest.length > maxLineBytes) throw new S3Error('IncompleteBody');
      this.#rest = Buffer.concat([this.#rest, await this.#more()]);
      end = this.#rest.indexOf('\r\n');
    }
    const line = this.#rest.toString('utf8', 0, end);
    this.#rest = this.#rest.subarray(end + 2);
    return line;
  }

  /** Exactly so many bytes, piece by piece. @throws {S3Error} IncompleteBody when the stream ends before. */
  async *take(bytes: number): AsyncGenerator<Buffer> {
    let left = bytes;
    while (left > 0) {
      if (this.#rest.length === 0) this.#rest = await this.#more();
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** True when nothing is left. */
  async atEnd(): Promise<boolean> {
    if (this.#rest.length > 0) return false;
    return (await this.#source.next()).done === true;
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
