// How a waiting request spends its time: pauses that grow, so that news comes soon and a long wait reads seldom.

const firstMilliseconds = 100;
const growth = 1.5;
const maxMilliseconds = 2000;

/** The pauses of a wait, in milliseconds; together they are the wait. Twenty seconds are 16 of them. */
export function* pausesOf(waitMilliseconds: number): Generator<number> {
  let left = waitMilliseconds;
  for (let next = firstMilliseconds; left > 0; next = Math.min(next * growth, maxMilliseconds)) {
    const pause = Math.min(next, left);
    yield pause;
    left -= pause;
  }
}
