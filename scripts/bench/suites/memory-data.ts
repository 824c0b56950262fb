// What a run of memory keeps.

export interface MemoryData {
  /** Peak of a fresh process after one picture; the median of `runs`. */
  readonly peaks: readonly Peak[];
  readonly growth: Growth;
  /** The process with its libraries loaded, after a picture of a few pixels. */
  readonly idleMb: number;
}

export interface Peak {
  readonly kind: string;
  readonly megapixels: number;
  readonly peakMb: number;
}

interface Growth {
  /** Resident megabytes after each image, of one process that is never replaced. */
  readonly residentMb: readonly number[];
  /** The image from which growth is counted: by then everything is loaded and warm. */
  readonly from: number;
}
