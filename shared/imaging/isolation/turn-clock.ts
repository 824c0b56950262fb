// Counts the time for which it is a process's turn, over all turns of one order: what it waits for is not its fault.

/** In which another process is sure to have started. */
const startMs = 1_000;

export class TurnClock {
  readonly #deadlineMs: number;
  readonly #onSlow: () => void;
  readonly #onDeadline: () => void;
  #usedMs = 0;

  /**
   * @param deadlineMs of all turns together
   * @param onSlow called shortly before the deadline
   */
  constructor(deadlineMs: number, onSlow: () => void, onDeadline: () => void) {
    this.#deadlineMs = deadlineMs;
    this.#onSlow = onSlow;
    this.#onDeadline = onDeadline;
  }

  /** Begins a turn. @returns what ends it */
  start(): () => void {
    const begun = performance.now();
    const leftMs = Math.max(0, this.#deadlineMs - this.#usedMs);
    const deadline = setTimeout(this.#onDeadline, leftMs);
    const slow = setTimeout(this.#onSlow, Math.max(leftMs / 2, leftMs - startMs));
    return () => {
      this.#usedMs += performance.now() - begun;
      clearTimeout(deadline);
      clearTimeout(slow);
    };
  }
}
