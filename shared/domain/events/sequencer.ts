// S3 sequencers: what orders the events of one key, whatever order they arrive in.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html

const hexDigits = 40;

/**
 * A sequencer in the form that string comparison orders rightly: upper-case hex, right-padded with zeros, as AWS
 * prescribes. Only sequencers of the same key may be compared.
 */
export function normalizeSequencer(sequencer: string): string {
  return sequencer.toUpperCase().padEnd(hexDigits, '0');
}
