// A counted number of places; whoever finds none free waits for one.

export interface Slots {
  take(): Promise<void>;
  readonly give: () => void;
  /** Resolves once every place is free. */
  allFree(): Promise<void>;
}

/** @param count how many may be taken at once. */
export function createSlots(count: number): Slots {
  let taken = 0;
  let waiting: (() => void)[] = [];
  const change = () => new Promise<void>((fulfil) => waiting.push(fulfil));
  return {
    take: async () => {
      while (taken >= count) await change();
      taken += 1;
    },
    give: () => {
      taken -= 1;
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    allFree: async () => {
      while (taken > 0) await change();
    },
  };
}
