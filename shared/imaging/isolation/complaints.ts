// What a process writes to its standard error: kept for whoever asks why it has died, and bounded, since a log costs money
// and is read by machines that believe it.

import type { Readable } from 'node:stream';
import { cleaned } from './reports.ts';

const keptLength = 2_000;
const longestBytes = 65_536;

export class Complaints {
  #text = '';
  #byteLength = 0;

  /** @param onEndless called when it writes on and on */
  constructor(standardError: Readable, onEndless: () => void) {
    standardError.on('data', (chunk: Buffer) => {
      this.#byteLength += chunk.length;
      this.#text = cleaned(this.#text + chunk.toString('latin1'), keptLength);
      if (this.#byteLength > longestBytes) onEndless();
    });
    standardError.on('error', () => {});
  }

  /** As the cause of an error, where there is anything. */
  get cause(): ErrorOptions {
    return this.#text === '' ? {} : { cause: new Error(this.#text) };
  }
}
