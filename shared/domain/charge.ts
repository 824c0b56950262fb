// What an image counts against its owner's quota, as its record has it.

/**
 * What is known of the charge, in the image's own record. It is held, unless said otherwise; `releasing` and `retaking` are on
 * their way, written before the owner's ledger is changed and over once it is.
 */
export interface Charge {
  /** As long as the upload URL said that the file would be. */
  readonly bytes: number;
  readonly state?: 'held' | 'releasing' | 'released' | 'retaking';
  /** Names the last change of state, in the ledger too: it is counted there once. */
  readonly changeId?: string;
  /** Who makes the change. Before the lease is over (milliseconds since the epoch), nobody else does. */
  readonly by?: string;
  readonly leaseUntil?: number;
}
