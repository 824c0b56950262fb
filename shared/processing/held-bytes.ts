// How many bytes of originals a worker may hold at a time: the next ones are fetched while others are developed,
// but a batch of large ones must not fill the function's memory.

interface Waiting {
  readonly bytes: number;
  readonly begin: () => void;
}

export class HeldBytes {
  readonly #capacity: number;
  #held = 0;
  readonly #waiting: Waiting[] = [];

  /** @param capacity bytes */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Runs `work` once the bytes it will hold fit. First come, first served; what exceeds everything runs alone. */
  async hold<Result>(bytes: number, work: () => Promise<Result>): Promise<Result> {
    const counted = Math.min(bytes, this.#capacity);
    await this.#take(counted);
    try {
      return await work();
    } finally {
      this.#held -= counted;
      this.#admit();
    }
  }

  #take(bytes: number): Promise<void> {
    return new Promise((begin) => {
      this.#waiting.push({ bytes, begin });
      this.#admit();
    });
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#held + next.bytes > this.#capacity) return;
      this.#waiting.shift();
      this.#held += next.bytes;
      next.begin();
    }
  }
}
