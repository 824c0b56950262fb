// Progress bars: one that counts, and one for each of several things side by side. Nothing is drawn where nobody looks.
import { MultiBar, type Options, Presets, SingleBar } from 'cli-progress';
import { shortened } from './shortened.ts';

/** What a long piece of work tells of how far it is. */
export interface Progress {
  /** Draws the bar at first; later the expectation may change. */
  expect(total: number): void;
  /** @param note drawn behind the count from now on */
  advance(by?: number, note?: string): void;
  stop(): void;
}

export interface ProgressOptions {
  /** Draws nothing, as for JSON. */
  readonly isQuiet?: boolean;
  /** Milliseconds between two lines where there is no terminal; no lines without it. */
  readonly logInterval?: number;
}

/** The cursor stays and lines wrap as ever: whoever is killed in the middle leaves the terminal as it was. */
const look: Options = { ...Presets.shades_classic, barsize: 24, linewrap: true };

export const noProgress: Progress = { expect: () => {}, advance: () => {}, stop: () => {} };

/** A bar on stderr. @param what the counted thing, in the plural */
export function createProgress(what: string, options: ProgressOptions = {}): Progress {
  const { isQuiet = false, logInterval } = options;
  if (isQuiet || (!process.stderr.isTTY && logInterval === undefined)) return noProgress;
  const bar = new SingleBar({
    ...look,
    format: `{bar} {percentage} % · {value} of {total} ${what}{note} · {duration_formatted} gone, {eta_formatted} to go`,
    etaBuffer: 100,
    ...(logInterval !== undefined && { noTTYOutput: true, notTTYSchedule: logInterval }),
  });
  let value = 0;
  return {
    expect(total) {
      if (bar.isActive) bar.setTotal(Math.max(total, value));
      else bar.start(Math.max(total, 1), value, { note: '' });
    },
    advance(by = 1, note) {
      value += by;
      // The count of a queue is approximate: the bar grows rather than overflow.
      if (value > bar.getTotal()) bar.setTotal(value);
      bar.update(value, note === undefined ? {} : { note: ` · ${note}` });
    },
    stop: () => bar.stop(),
  };
}

/** Bars one below the other. */
export interface Bars {
  /** @returns moves the bar. @param share from 0 to 1 @param stage drawn behind the bar */
  add(name: string): (share: number, stage: string) => void;
  stop(): void;
}

const nameColumns = 28;

/** @param output a terminal */
export function createBars(output: NodeJS.WriteStream): Bars {
  const bars = new MultiBar({
    ...look,
    format: '{name} {bar} {percentage} % · {stage}',
    stream: output,
    formatValue: (value, _options, type) =>
      type === 'percentage' ? String(value).padStart(3) : String(value),
  });
  return {
    add(name) {
      const bar = bars.create(1, 0, {
        name: shortened(name, nameColumns).padEnd(nameColumns),
        stage: 'waiting',
      });
      return (share, stage) => bar.update(share, { stage });
    },
    stop: () => bars.stop(),
  };
}
