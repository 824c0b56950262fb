// THE format tables: one row a format that originals may have, one row a format that renditions are stored in.

interface SourceRow {
  /** What files of this format are served and uploaded as. */
  readonly contentType: string;
  /** What clients claim as well. */
  readonly aliases?: readonly string[];
  /** Of file names, in lower case. */
  readonly extensions: readonly string[];
}

/** Formats that are accepted; everything else is refused by name. Each has its reader in shared/imaging/inspect/. */
export const sourceFormats = {
  jpeg: { contentType: 'image/jpeg', aliases: ['image/jpg', 'image/pjpeg'], extensions: ['jpg', 'jpeg'] },
  png: { contentType: 'image/png', aliases: ['image/x-png', 'image/apng'], extensions: ['png'] },
  webp: { contentType: 'image/webp', extensions: ['webp'] },
  gif: { contentType: 'image/gif', extensions: ['gif'] },
  avif: { contentType: 'image/avif', extensions: ['avif'] },
  heic: { contentType: 'image/heic', aliases: ['image/heif'], extensions: ['heic', 'heif'] },
  tiff: { contentType: 'image/tiff', aliases: ['image/tif'], extensions: ['tif', 'tiff'] },
  svg: { contentType: 'image/svg+xml', aliases: ['image/svg'], extensions: ['svg'] },
} as const satisfies Readonly<Record<string, SourceRow>>;

export type SourceFormat = keyof typeof sourceFormats;

const sourceRows: readonly SourceRow[] = Object.values(sourceFormats);

/** The types that are accepted, each by its one name. What a file really is, its bytes decide once it has arrived. */
export const acceptedContentTypes = sourceRows.map(({ contentType }) => contentType);

/** The one name of a type that a client claims, in whatever case or under an alias; undefined when it is not accepted. */
export function acceptedContentType(claim: string): string | undefined {
  const name = claim.toLowerCase();
  return sourceRows.find((row) => row.contentType === name || row.aliases?.includes(name))?.contentType;
}

/** The accepted type that a file name's extension (without its dot, in whatever case) stands for. */
export function contentTypeOfExtension(extension: string): string | undefined {
  const name = extension.toLowerCase();
  return sourceRows.find(({ extensions }) => extensions.includes(name))?.contentType;
}

interface OutputRow {
  readonly contentType: string;
  readonly extension: string;
  /** What transparent pixels are laid on, `#rrggbb`, by a format that has no transparency. */
  readonly background?: string;
  /** Whether an animation stays one; its first frame otherwise. */
  readonly isAnimated: boolean;
  /** sharp's options of this format (https://sharp.pixelplumbing.com/api-output), chosen by bytes, quality and CPU as measured. */
  readonly settings: Readonly<Record<string, number | boolean>>;
}

export const outputFormats = {
  // Effort 2 against 4: 0.58 of the CPU for 1.12 of the bytes at equal quality.
  webp: {
    contentType: 'image/webp',
    extension: 'webp',
    isAnimated: true,
    settings: { quality: 80, effort: 2 },
  },
  // Optimized Huffman tables would save 1.7 % of the bytes for a seventh more CPU; mozjpeg's trellis costs far more.
  jpeg: {
    contentType: 'image/jpeg',
    extension: 'jpg',
    background: '#ffffff',
    isAnimated: false,
    settings: { quality: 80, optimizeCoding: false },
  },
  // The bytes of WebP at effort 4 for 0.7 of its CPU; above effort 1 the CPU explodes.
  avif: {
    contentType: 'image/avif',
    extension: 'avif',
    isAnimated: false,
    settings: { quality: 65, effort: 0 },
  },
  png: {
    contentType: 'image/png',
    extension: 'png',
    isAnimated: false,
    settings: { compressionLevel: 6, adaptiveFiltering: true },
  },
} as const satisfies Readonly<Record<string, OutputRow>>;

export type OutputFormat = keyof typeof outputFormats;

/** The row of a format, whatever the format: what every row may say. */
export function outputFormat(format: OutputFormat): OutputRow {
  return outputFormats[format];
}

/** All of a format that the bytes of a rendition depend on: part of its key, so that the key changes with them. */
export function encodingOf(format: OutputFormat): string {
  const { background, isAnimated, settings } = outputFormat(format);
  return JSON.stringify([format, background ?? null, isAnimated, settings]);
}
