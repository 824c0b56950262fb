// What an owner may have, and what an owner's ledger says that there is. Pure.

/** What is counted of an owner. */
export const quotas = ['openUploads', 'images', 'bytes', 'rejectedPerHour'] as const;
export type Quota = (typeof quotas)[number];

/** At most so many of each. */
export type QuotaLimits = Readonly<Record<Quota, number>>;

/** What counts of each. */
export type Usage = Readonly<Record<Quota, number>>;

/** An owner's ledger. */
export interface LedgerRecord {
  /** Images that count, and their bytes. */
  readonly images: number;
  readonly bytes: number;
  /** Of them, those whose URL is issued and whose work has not ended: bytes by image ID. */
  readonly open: Readonly<Record<string, number>>;
  /** The change of charge that was counted last, by image ID, for as long as it may be repeated. */
  readonly moving: Readonly<Record<string, string>>;
  /** Hours since the epoch, and how many files were rejected in that one. */
  readonly rejectedHour?: number;
  readonly rejectedCount?: number;
}

const hourMilliseconds = 60 * 60 * 1000;

/** Hours since the epoch. */
export function hourOf(time: Date): number {
  return Math.floor(time.getTime() / hourMilliseconds);
}

export function usageOf(ledger: LedgerRecord | undefined, now: Date): Usage {
  if (ledger === undefined) return { openUploads: 0, images: 0, bytes: 0, rejectedPerHour: 0 };
  const { images, bytes, open, rejectedHour, rejectedCount = 0 } = ledger;
  return {
    ...{ openUploads: Object.keys(open).length, images, bytes },
    rejectedPerHour: rejectedHour === hourOf(now) ? rejectedCount : 0,
  };
}

/** The first quota that one more image of so many bytes would exceed; undefined when there is room. */
export function exceededBy(bytes: number, used: Usage, limits: QuotaLimits): Quota | undefined {
  const more: Usage = { openUploads: 1, images: 1, bytes, rejectedPerHour: 1 };
  return quotas.find((quota) => used[quota] + more[quota] > limits[quota]);
}

/** In how many seconds it makes sense to ask again. */
export function secondsUntilRoom(quota: Quota, now: Date): number {
  if (quota === 'rejectedPerHour') {
    return Math.ceil(((hourOf(now) + 1) * hourMilliseconds - now.getTime()) / 1000);
  }
  // Open uploads end by themselves, images and bytes by being deleted.
  return quota === 'openUploads' ? 15 : 60;
}
