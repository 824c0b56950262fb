// What the workers ask of the imaging engine: bytes in, renditions or metadata out, a PermanentFailure for a bad file.

import type { OutputFormat } from '../domain/formats.ts';
import type { ImageMetadata, Placeholder } from '../domain/metadata.ts';
import type { Variant } from '../domain/variants.ts';

/** One encoded rendition, ready to store. */
export interface EncodedRendition {
  readonly variant: string;
  readonly format: OutputFormat;
  readonly contentType: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Frames kept: 1 for a still picture, and for an animation that exceeded its budget or the format's means. */
  readonly frames: number;
  readonly body: Uint8Array;
}

/** Everything that one decode of an original yields. */
export interface RenderedImage {
  /** In the order of the variants and of their formats, as they were asked for. */
  readonly renditions: readonly EncodedRendition[];
  readonly placeholder: Placeholder;
  /** 64 bits as 16 hex digits, stable across formats and re-encodings. */
  readonly perceptualHash: string;
  /** Of the original, hexadecimal. */
  readonly sha256: string;
}

/** Develops originals. Safe on hostile files: bounded in time and memory whatever the bytes are. */
export interface ImagingEngine {
  /**
   * Renders every variant in every one of its formats, decoding once.
   * @throws {PermanentFailure} when the file is at fault, with the code that says how
   */
  render(
    original: Uint8Array,
    variants: readonly Variant[],
    circumstances?: Circumstances,
  ): Promise<RenderedImage>;
  close(): Promise<void>;
}

/** What is known of an original beside its bytes. */
export interface Circumstances {
  /** Whose it is: an engine that separates owners lets no process serve two. */
  readonly ownerId?: string;
  /**
   * When the caller's time ends, in milliseconds since the epoch. An original whose turn comes too late is not begun, and
   * one that is not done by then is stopped: a {@link TransientFailure} both times, since the file is not at fault.
   */
  readonly endsAt?: number;
}

/** An original that is read piece by piece: a ranged S3 read in the worker, a file or a buffer elsewhere. */
export interface ByteSource {
  readonly byteLength: number;
  /**
   * At most `length` bytes from `offset`; fewer at the end of the file.
   * @param into memory of at least `length` bytes that may be used, and returned, instead of new
   */
  read(offset: number, length: number, into?: Buffer): Promise<Uint8Array>;
}

/** An original to develop. */
export interface Original extends ByteSource {
  /** A name by which decoders can open it, where it has one. */
  readonly path?: string;
}

/**
 * What an original tells of itself, read from as few bytes as its format allows; malformed parts are left out with a note.
 * @throws {PermanentFailure} `unsupported-format` or `corrupt-image`
 */
export type ReadMetadata = (source: ByteSource, circumstances?: Circumstances) => Promise<ImageMetadata>;

/** Reads metadata where no harm can come of it: bounded in time and memory whatever the bytes are. */
export interface MetadataEngine {
  readonly readMetadata: ReadMetadata;
  close(): Promise<void>;
}
