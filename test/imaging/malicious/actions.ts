// What a malicious imaging process can be told to do, by the original that it is given.

export type Action =
  /** Says a well-formed frame; blocks in Base64. */
  | { readonly head: unknown; readonly blocks: readonly string[] }
  /** Writes what need be no frame; in Base64. */
  | { readonly bytes: string }
  /** Writes so many characters to its standard error. */
  | { readonly complain: number }
  /** Milliseconds. */
  | { readonly wait: number }
  /** Megabytes of memory to take. */
  | { readonly fill: number }
  /** Says it and waits for the answer, for ever again. */
  | { readonly ask: unknown }
  | { readonly do: 'exit' | 'end' | 'destroy' | 'spin' | 'spawn' };

/** As of a GIF: a process may read another original after it. */
export const scriptSignature = 'GIF8';

/** An original whose bytes are this script. */
export function script(...actions: readonly Action[]): Buffer {
  return Buffer.from(scriptSignature + JSON.stringify(actions));
}

/** A frame as one says it. */
export function say(head: unknown, blocks: readonly Buffer[] = []): Action {
  return { head, blocks: blocks.map((block) => block.toString('base64')) };
}

/** Half a frame. */
export const halfFrame: Action = { bytes: Buffer.from('\x64\0\0\0{"head":', 'latin1').toString('base64') };
export const noise: Action = { bytes: Buffer.alloc(100_000, 0x7f).toString('base64') };
