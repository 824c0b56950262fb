// What a stage may be called: buckets are named after it.

export const stageName = {
  /** The longest that leaves a bucket its 63 characters in every region. */
  pattern: /^[a-z][a-z0-9-]{0,14}$/,
  is: 'at most 15 lower-case letters, digits and hyphens, the first a letter',
} as const;
