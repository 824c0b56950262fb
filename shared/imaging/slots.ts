// A fixed number of disposable resources, each used by one caller at a time and replaced when spent.

export interface Disposable {
  kill(): void;
}

export class Slots<Resource extends Disposable> {
  readonly #create: () => Resource;
  readonly #isSpent: (resource: Resource) => boolean;
  readonly #idle: Resource[];
  readonly #busy = new Set<Resource>();
  readonly #waiting: ((resource: Resource) => void)[] = [];
  #closed = false;

  constructor(count: number, create: () => Resource, isSpent: (resource: Resource) => boolean) {
    this.#create = create;
    this.#isSpent = isSpent;
    this.#idle = Array.from({ length: count }, create);
  }

  /** Runs `work` with a resource of its own, waiting in line for one. */
  async use<Result>(work: (resource: Resource) => Promise<Result>): Promise<Result> {
    const resource = await this.#take();
    try {
      return await work(resource);
    } finally {
      this.#busy.delete(resource);
      this.#giveBack(resource);
    }
  }

  close(): void {
    this.#closed = true;
    for (const resource of [...this.#idle, ...this.#busy]) resource.kill();
    this.#idle.length = 0;
  }

  async #take(): Promise<Resource> {
    const idle = this.#idle.pop();
    // An idle resource may have died since it was given back.
    const resource = idle === undefined ? await this.#turn() : this.#fresh(idle);
    this.#busy.add(resource);
    return resource;
  }

  #turn(): Promise<Resource> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The replacement starts now, not when the next original is already waiting for it. */
  #giveBack(resource: Resource): void {
    if (this.#closed) return;
    const next = this.#fresh(resource);
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#idle.push(next);
    else waiting(next);
  }

  #fresh(resource: Resource): Resource {
    if (!this.#isSpent(resource)) return resource;
    resource.kill();
    return this.#create();
  }
}
