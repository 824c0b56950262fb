// What functions measure of themselves, for operators to plot and to set alarms on. CloudWatch charges for every metric and
// every value of its dimensions: docs/operations.md counts them.

/** Every metric: its unit as CloudWatch names it, and whether each worker has its own or the stage has one. */
export const metrics = {
  /** Units of work that ended so. */
  UnitsDone: { unit: 'Count', of: 'worker' },
  UnitsRejected: { unit: 'Count', of: 'worker' },
  UnitsFailed: { unit: 'Count', of: 'worker' },
  /** Attempts that failed and that a later one repeats. */
  UnitsRetried: { unit: 'Count', of: 'worker' },
  /** From claim to settlement. */
  UnitDuration: { unit: 'Milliseconds', of: 'worker' },
  /** Of it: getting the original, working on it, storing what was made of it. */
  FetchDuration: { unit: 'Milliseconds', of: 'worker' },
  DevelopDuration: { unit: 'Milliseconds', of: 'worker' },
  StoreDuration: { unit: 'Milliseconds', of: 'worker' },
  /** Bytes of one original that were fetched. */
  OriginalBytesRead: { unit: 'Bytes', of: 'worker' },
  /** From S3's event, or what stands in for it, to the last task's settlement: once an image that becomes ready. */
  UploadToReady: { unit: 'Milliseconds', of: 'stage' },
  /** Runs of reconciling that ended. */
  ReconcileRuns: { unit: 'Count', of: 'stage' },
  /** Images that a run looked at and did what they needed, whatever it was. */
  ReconcileSettled: { unit: 'Count', of: 'stage' },
  /** Of these: originals whose events had not come. */
  ReconcileRepublished: { unit: 'Count', of: 'stage' },
  /** Of these: images that failed because no worker lived to settle them. */
  ReconcileAbandoned: { unit: 'Count', of: 'stage' },
  /** Images for which a run could not do what they needed. */
  ReconcileErrors: { unit: 'Count', of: 'stage' },
} as const satisfies Record<string, { readonly unit: string; readonly of: 'worker' | 'stage' }>;

export type Metric = keyof typeof metrics;

/** Notes one value of one metric. */
export type Measure = (metric: Metric, value: number) => void;
