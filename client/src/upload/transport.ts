// How a file is sent: one way for browsers, one for Node.

import type { UploadOffer } from '../model.ts';

/** What S3 answered. */
interface Answer {
  readonly status: number;
  readonly body: string;
}

/** @throws what the platform throws when the connection breaks, or the signal's reason */
export type Transport = (
  target: UploadOffer['upload'],
  file: Blob,
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
) => Promise<Answer>;
