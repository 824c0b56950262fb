// One bucket: the objects that are there and, where versions are kept, those from before and the marks of deletions.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html

export interface StoredObject {
  readonly body: Buffer;
  readonly metadata: Readonly<Record<string, string>>;
  readonly modifiedAt: Date;
  /** What it is answered with. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Without an object, the mark of a deletion. */
export interface Version {
  readonly key: string;
  readonly id: string;
  readonly object?: StoredObject;
}

export class Bucket {
  readonly #keepsVersions: boolean;
  /** By key, the newest first. */
  readonly #versions = new Map<string, readonly Version[]>();
  #made = 0;

  constructor(keepsVersions = false) {
    this.#keepsVersions = keepsVersions;
  }

  get isEmpty(): boolean {
    return this.#versions.size === 0;
  }

  get(key: string): StoredObject | undefined {
    return this.#versions.get(key)?.[0]?.object;
  }

  put(key: string, object: StoredObject): void {
    this.#add({ key, object });
  }

  delete(key: string): void {
    if (this.#keepsVersions) this.#add({ key });
    else this.#versions.delete(key);
  }

  deleteVersion(key: string, id: string): void {
    const left = (this.#versions.get(key) ?? []).filter((version) => version.id !== id);
    if (left.length > 0) this.#versions.set(key, left);
    else this.#versions.delete(key);
  }

  /** What is there now. */
  objects(): [key: string, object: StoredObject][] {
    return [...this.#versions].flatMap(([key, [newest]]) => (newest?.object ? [[key, newest.object]] : []));
  }

  /** By key, then the newest first. */
  versions(): Version[] {
    return [...this.#versions].toSorted(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, all]) => all);
  }

  #add(version: Omit<Version, 'id'>): void {
    this.#made += 1;
    const before = this.#keepsVersions ? (this.#versions.get(version.key) ?? []) : [];
    const id = this.#keepsVersions ? `version-${this.#made}` : 'null';
    this.#versions.set(version.key, [{ ...version, id }, ...before]);
  }
}
