// A progress bar on stderr, where people see it and pipes do not; none for JSON or without a terminal.
import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** @param total an estimate may grow */
  start(total: number): void;
  advance(by?: number): void;
  stop(): void;
}

const noProgress: Progress = { start: () => {}, advance: () => {}, stop: () => {} };

/** @param what the counted thing, in the plural */
export function createProgress(what: string, options: { isQuiet: boolean }): Progress {
  if (options.isQuiet || !process.stderr.isTTY) return noProgress;
  const format = ` {bar} {percentage} % · {value} of {total} ${what} · {duration_formatted} gone, {eta_formatted} to go`;
  const bar = new SingleBar({ format, hideCursor: true, etaBuffer: 100 }, Presets.shades_classic);
  let value = 0;
  let total = 0;
  return {
    start(expected) {
      total = expected;
      bar.start(Math.max(total, 1), 0);
    },
    advance(by = 1) {
      value += by;
      // The count of a queue is approximate: the bar grows rather than overflow.
      if (value > total) {
        total = value;
        bar.setTotal(total);
      }
      bar.update(value);
    },
    stop: () => bar.stop(),
  };
}
