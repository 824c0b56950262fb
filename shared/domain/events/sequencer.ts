// S3 sequencers: what orders the events of one key, whatever order they arrive in.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html

const hexDigits = 40;

/**
 * S3's have 16 to 18 digits. One of twice that length is not S3's, and would outrank every one that S3 gives; zeros are
 * what republished events are padded with.
 */
export const sequencerPattern = /^[0-9A-Fa-f]{1,32}0{0,8}$/;

/** Newer than every one that S3 gives, or that an event may carry: of an image that its owner deleted. */
export const highestSequencer = 'F'.repeat(hexDigits);

/**
 * A sequencer in the form that string comparison orders rightly: upper-case hex, right-padded with zeros, as AWS
 * prescribes. Only sequencers of the same key may be compared.
 */
export function normalizeSequencer(sequencer: string): string {
  return padSequencer(sequencer.toUpperCase());
}

/** A normalized sequencer without the zeros at its end. It still compares as it did, with others like it. */
export function unpaddedSequencer(sequencer: string): string {
  let end = sequencer.length;
  while (end > 1 && sequencer[end - 1] === '0') end -= 1;
  return sequencer.slice(0, end);
}

/** The normalized sequencer that the zeros were taken from. */
export function padSequencer(unpadded: string): string {
  return unpadded.padEnd(hexDigits, '0');
}
