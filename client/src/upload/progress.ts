// How far an upload is: one number over all that there is to do, which never goes back.

import type { Wait } from '../http/wait.ts';
import type { Image } from '../model.ts';

/** `waiting` is for others that were there before. */
export type Phase = 'waiting' | 'hashing' | 'sending' | 'developing' | 'ready';

export interface UploadProgress {
  readonly phase: Phase;
  /** Of everything, from 0 to 1. It never goes back, even where something must be done again. */
  readonly fraction: number;
  /** Sent in this try. */
  readonly sentBytes: number;
  readonly totalBytes: number;
  /** Once the API has given one. A file that had to be sent to another URL has another one. */
  readonly imageId: string | undefined;
  /** While it develops: it has a placeholder before it is ready. */
  readonly image: Image | undefined;
  /** While it waits before it tries something again: why, and until when. */
  readonly wait: Wait | undefined;
}

/** Where in the whole each phase begins. How long developing takes nobody knows beforehand. */
const begins: Readonly<Record<Phase, number>> = {
  waiting: 0,
  hashing: 0,
  sending: 0.1,
  developing: 0.8,
  ready: 1,
};
const metadataKnown = 0.9;

type Change = Partial<Pick<UploadProgress, 'phase' | 'sentBytes' | 'imageId' | 'image' | 'wait'>> & {
  /** Of the phase, from 0 to 1. */
  readonly share?: number;
};

export type ReportProgress = (change: Change) => void;

/** @param onProgress told of every change. What it throws ends the upload. */
export function createProgress(
  totalBytes: number,
  onProgress: ((progress: UploadProgress) => void) | undefined,
): ReportProgress {
  let progress: UploadProgress = {
    ...{ phase: 'waiting', fraction: 0, sentBytes: 0, totalBytes },
    ...{ imageId: undefined, image: undefined, wait: undefined },
  };
  onProgress?.(progress);
  return ({ share = 0, ...change }) => {
    const { phase } = { ...progress, ...change };
    const fraction = Math.max(progress.fraction, fractionOf(phase, share, change.image));
    // Whatever else happens is the end of waiting.
    progress = { ...progress, wait: undefined, ...change, fraction };
    onProgress?.(progress);
  };
}

function fractionOf(phase: Phase, share: number, image: Image | undefined): number {
  if (phase === 'hashing') return share * begins.sending;
  if (phase === 'sending') return begins.sending + share * (begins.developing - begins.sending);
  return phase === 'developing' && image?.metadata ? metadataKnown : begins[phase];
}
