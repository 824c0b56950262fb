// Where originals may lie: the stage's own bucket, for which upload URLs are issued, and buckets that it was told to take
// in. What an event says of any other place is not worked on.

export interface OriginalSource {
  readonly bucket: string;
  /** What keys begin with; empty for all of the bucket. */
  readonly prefix: string;
}

export interface OriginalSources {
  readonly own: OriginalSource;
  readonly foreign: readonly OriginalSource[];
}

/**
 * Reads a list as `own-bucket/originals/,other-bucket/photos/`: the stage's own source first, then the foreign ones.
 * @throws {Error} when there is no source, or one without a bucket
 */
export function readOriginalSources(list: string): OriginalSources {
  const sources = list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(readSource);
  const [own, ...foreign] = sources;
  if (own === undefined) throw new Error('There is no source of originals.');
  return { own, foreign };
}

export function isFromSource(
  { bucket, key }: { readonly bucket: string; readonly key: string },
  { own, foreign }: OriginalSources,
): boolean {
  return [own, ...foreign].some((source) => source.bucket === bucket && key.startsWith(source.prefix));
}

function readSource(entry: string): OriginalSource {
  const slash = entry.indexOf('/');
  const [bucket, prefix] = slash === -1 ? [entry, ''] : [entry.slice(0, slash), entry.slice(slash + 1)];
  if (bucket === '') throw new Error(`${entry} names no bucket.`);
  return { bucket, prefix };
}
