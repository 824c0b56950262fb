// One upload as the page knows it, and what can be said of it and done with it.

import type { BegunUpload, Image, Phase, Wait } from '../../../client/src/client.ts';
import type { Failure } from './failure.ts';

export interface Upload {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly lastModified: number;
  /** Undefined once it is sent, or where the page was loaded again and the browser could not keep it. */
  file: File | undefined;
  phase: Phase;
  fraction: number;
  sentBytes: number;
  wait: Wait | undefined;
  isPaused: boolean;
  /** What the API was asked for last: how the same file goes on with the same image. */
  begun: BegunUpload | undefined;
  /** SHA-256 of the file, once it is known. */
  checksum: string | undefined;
  image: Image | undefined;
  failure: Failure | undefined;
  /** Ends what is done for it just now. */
  stop: AbortController;
}

type Entered = Pick<Upload, 'id' | 'name' | 'bytes' | 'lastModified' | 'file'> &
  Pick<Upload, 'phase' | 'fraction' | 'isPaused' | 'begun'>;

/** Nothing is done for it yet. */
export function enter(upload: Entered): Upload {
  const [wait, failure, image] = [undefined, undefined, undefined];
  const checksum = upload.begun?.request.checksumSha256;
  return { ...upload, sentBytes: 0, wait, failure, image, checksum, stop: new AbortController() };
}

/** @param begun what is known of the same file from before */
export function enterFile(file: File, begun: BegunUpload | undefined): Upload {
  const { name, size: bytes, lastModified } = file;
  const id = crypto.randomUUID?.() ?? `${performance.now()} ${Math.random()}`;
  return enter({
    ...{ id, name, bytes, lastModified, file, begun },
    ...{ phase: 'waiting', fraction: 0, isPaused: false },
  });
}

/** `file-needed`: it goes on once the same file is chosen again. */
export type State = Phase | 'paused' | 'file-needed' | 'failed';

export function stateOf({ failure, phase, file, isPaused }: Upload): State {
  if (failure) return 'failed';
  if (isSent(phase)) return phase;
  if (!file) return 'file-needed';
  return isPaused ? 'paused' : phase;
}

/** Whether S3 has the file. */
export function isSent(phase: Phase): boolean {
  return phase === 'developing' || phase === 'ready';
}

export function isOver(upload: Upload): boolean {
  return upload.failure !== undefined || upload.phase === 'ready';
}

/** Whether something of it is still to be sent, and will be without anybody's doing. */
export function isUnderWay(upload: Upload): boolean {
  return (['waiting', 'hashing', 'sending'] as readonly State[]).includes(stateOf(upload));
}

export interface Total {
  readonly count: number;
  readonly ready: number;
  readonly failed: number;
  /** From 0 to 1, by bytes: at 1, all are ready or have failed. */
  readonly fraction: number;
}

/** So that small files are not nothing beside large ones: what developing takes does not depend on it. */
const fixedBytes = 500_000;

export function totalOf(uploads: readonly Upload[]): Total {
  let [ready, failed, done, all] = [0, 0, 0, 0];
  for (const { phase, failure, fraction, bytes } of uploads) {
    if (failure) failed += 1;
    else if (phase === 'ready') ready += 1;
    all += bytes + fixedBytes;
    done += (failure ? 1 : fraction) * (bytes + fixedBytes);
  }
  return { count: uploads.length, ready, failed, fraction: all === 0 ? 0 : done / all };
}

const importance: Readonly<Record<State, number>> = {
  'file-needed': 0,
  failed: 1,
  sending: 2,
  hashing: 2,
  developing: 3,
  paused: 4,
  waiting: 5,
  ready: 6,
};

/** Those that there is most to say of, in the order of the list. */
export function foremost(uploads: readonly Upload[], count: number): readonly Upload[] {
  if (uploads.length <= count) return uploads;
  const order = (upload: Upload) => importance[stateOf(upload)];
  const chosen = new Set(uploads.toSorted((one, other) => order(one) - order(other)).slice(0, count));
  return uploads.filter((upload) => chosen.has(upload));
}
