// SHA-256 by the platform, for whichever thread it runs in. The file is read in parts, to tell how far it is.

const partBytes = 4 * 1024 * 1024;

export type OnRead = (bytes: number) => void;

/** In base64. @throws the signal's reason when it is aborted */
export async function digestOf(file: Blob, onRead: OnRead, signal?: AbortSignal): Promise<string> {
  const bytes = new Uint8Array(file.size);
  for (let position = 0; position < file.size; position += partBytes) {
    signal?.throwIfAborted();
    bytes.set(new Uint8Array(await file.slice(position, position + partBytes).arrayBuffer()), position);
    onRead(Math.min(position + partBytes, file.size));
  }
  const digest = new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...digest));
}
