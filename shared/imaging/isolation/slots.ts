// A fixed number of disposable resources, each used by one caller at a time and replaced when spent.

export interface Disposable {
  kill(): void;
}

export class Slots<Resource extends Disposable> {
  readonly #create: () => Resource;
  readonly #isSpent: (resource: Resource) => boolean;
  readonly #idle: Resource[];
  readonly #busy = new Set<Resource>();
  /** Replacements that were started for resources still in use. */
  readonly #replacements = new Map<Resource, Resource>();
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

  /** Starts a replacement now for a resource that will probably be spent, so that nobody waits for it then. */
  anticipate(resource: Resource): void {
    if (!this.#closed && !this.#replacements.has(resource)) this.#replacements.set(resource, this.#create());
  }

  close(): void {
    this.#closed = true;
    for (const resource of [...this.#idle, ...this.#busy, ...this.#replacements.values()]) resource.kill();
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
    const replacement = this.#replacements.get(resource);
    this.#replacements.delete(resource);
    if (!this.#isSpent(resource)) {
      replacement?.kill();
      return resource;
    }
    resource.kill();
    return replacement ?? this.#create();
  }
}
