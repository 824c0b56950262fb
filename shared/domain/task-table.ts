// THE task table: one row a task that a worker owes every image. What a task records, keeps and is told apart by follows
// from its row, in the status, in every write to the table and in what is left of a removed image.

import type { ImageMetadata, Placeholder } from './metadata.ts';
import type { StoredRendition } from './stored-rendition.ts';

/** Everything that tasks leave in the record beside their own state. */
export interface TaskResults {
  readonly renditions: readonly StoredRendition[];
  readonly placeholder: Placeholder;
  readonly perceptualHash: string;
  /** Of the original's bytes, in hex. */
  readonly sha256: string;
  readonly metadata: ImageMetadata;
}

export interface TaskRow {
  /** The attributes that a done task leaves in the record. */
  readonly leaves: readonly (keyof TaskResults)[];
  /** Whether the task stores objects, which have to be deleted with the image. The record lists them as `renditions`. */
  readonly keepsObjects: boolean;
}

export const taskTable = {
  renditions: {
    leaves: ['renditions', 'placeholder', 'perceptualHash', 'sha256'],
    keepsObjects: true,
  },
  metadata: { leaves: ['metadata'], keepsObjects: false },
} as const satisfies Readonly<Record<string, TaskRow>>;
