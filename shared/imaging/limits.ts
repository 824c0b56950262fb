// What an original may ask of us: each limit with what it protects. One object, so that a deployment can tighten it.

export interface ImagingLimits {
  /** Bytes of the original. Protects the download, its copy in the child, and `/tmp`. */
  readonly maxBytes: number;
  /** Pixels of one frame, whatever the format. */
  readonly maxPixels: number;
}

export const defaultLimits: ImagingLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxPixels: 100_000_000,
};
