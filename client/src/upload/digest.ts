// SHA-256 of a file. The platform computes it outside of the main thread; the file is read in parts, to tell how far it is.

const partBytes = 4 * 1024 * 1024;

/**
 * In base64, as the API wants it. Holds the whole file in memory meanwhile.
 * @param onProgress told of the bytes read so far
 * @returns undefined where the platform has no digest: on pages that came over plain HTTP
 */
export async function sha256Of(
  file: Blob,
  onProgress: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) return undefined;
  const bytes = new Uint8Array(file.size);
  for (let position = 0; position < file.size; position += partBytes) {
    signal?.throwIfAborted();
    bytes.set(new Uint8Array(await file.slice(position, position + partBytes).arrayBuffer()), position);
    onProgress(Math.min(position + partBytes, file.size));
  }
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...digest));
}
