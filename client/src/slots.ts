// A number of slots, and a line before them: so many at a time, first come, first served.

export interface Slots {
  /** Runs the work once a slot is free. @throws the signal's reason when it is aborted in the line */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** How many stand in the line. */
  readonly waiting: number;
}

export function createSlots(count: number): Slots {
  const line: (() => void)[] = [];
  let free = count;

  async function take(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return;
    }
    await new Promise<void>((fulfil, reject) => {
      const leave = () => {
        line.splice(line.indexOf(enter), 1);
        reject(signal?.reason);
      };
      const enter = () => {
        signal?.removeEventListener('abort', leave);
        fulfil();
      };
      line.push(enter);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  return {
    async run(work, signal) {
      await take(signal);
      try {
        return await work();
      } finally {
        const next = line.shift();
        if (next) next();
        else free += 1;
      }
    },
    get waiting() {
      return line.length;
    },
  };
}
