// What a worker measures of itself, for operators to plot and to set alarms on.

/** Every metric, with its unit as CloudWatch names it. */
export const metricUnits = {
  /** Units of work that ended so. */
  UnitsDone: 'Count',
  UnitsRejected: 'Count',
  UnitsFailed: 'Count',
  /** From claim to settlement. */
  UnitDuration: 'Milliseconds',
  /** Bytes of one original that were fetched. */
  OriginalBytesRead: 'Bytes',
} as const;

export type Metric = keyof typeof metricUnits;

/** Notes one value of one metric. */
export type Measure = (metric: Metric, value: number) => void;
