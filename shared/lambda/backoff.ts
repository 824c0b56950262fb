// How long a failed message rests: exponential with jitter, so that retries do not come back as one wave.
// https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/

const maxSeconds = 900;

/**
 * Seconds to wait after the given receive: between half and all of `baseSeconds * 4^(receiveCount - 1)`.
 * @param random in [0, 1)
 */
export function backoffSeconds(
  receiveCount: number,
  baseSeconds: number,
  random: number = Math.random(),
): number {
  const ceiling = Math.min(maxSeconds, baseSeconds * 4 ** (receiveCount - 1));
  return Math.round(ceiling * (0.5 + random / 2));
}
