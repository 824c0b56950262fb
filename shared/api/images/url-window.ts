// When URLs are signed: all that are asked for within one window are signed as of its beginning. So they stay the same, a
// browser finds what it fetched before in its cache, and an answer that has not changed can be told by its ETag.

/** Half of what a URL lives: whoever gets one can use it for as long again. */
export const urlWindowSeconds = 1800;

/** The beginning of the window that `now` is in. */
export function urlWindow(now: Date): Date {
  const milliseconds = urlWindowSeconds * 1000;
  return new Date(Math.floor(now.getTime() / milliseconds) * milliseconds);
}
