// A fixed number of disposable resources, each used by one caller at a time and replaced when spent.

export interface Disposable {
  kill(): void;
}

export class Slots<Resource extends Disposable> {
  readonly #create: () => Resource;
  readonly #isSpent: (resource: Resource) => boolean;
  readonly #idle: Resource[];
  readonly #busy = new Set<Resource>();
  /** What stands ready to take the place of a resource, started while that one was still good. */
  readonly #successors = new Map<Resource, Resource>();
  readonly #waiting: ((resource: Resource) => void)[] = [];
  #closed = false;

  constructor(count: number, create: () => Resource, isSpent: (resource: Resource) => boolean) {
    this.#create = create;
    this.#isSpent = isSpent;
    this.#idle = Array.from({ length: count }, create);
  }

  /**
   * Runs `work` with a resource of its own, waiting in line for one.
   * @param suits false for a resource that this work must not be given, and that is replaced for it
   */
  async use<Result>(
    work: (resource: Resource) => Promise<Result>,
    suits: (resource: Resource) => boolean = () => true,
  ): Promise<Result> {
    const taken = await this.#take(suits);
    const resource = suits(taken) ? taken : this.#replaced(taken);
    this.#busy.add(resource);
    try {
      return await work(resource);
    } finally {
      this.#busy.delete(resource);
      this.#giveBack(resource);
    }
  }

  /** Starts a successor now for a resource that will probably be spent, so that nobody waits for it then. */
  anticipate(resource: Resource): void {
    if (!this.#closed && !this.#successors.has(resource)) this.#successors.set(resource, this.#create());
  }

  close(): void {
    this.#closed = true;
    for (const resource of [...this.#idle, ...this.#busy, ...this.#successors.values()]) resource.kill();
    this.#idle.length = 0;
  }

  async #take(suits: (resource: Resource) => boolean): Promise<Resource> {
    const place = this.#idle.findLastIndex(suits);
    const [idle] = this.#idle.splice(place, 1);
    // An idle resource may have died since it was given back.
    return idle === undefined ? this.#turn() : this.#fresh(idle);
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
    return this.#isSpent(resource) ? this.#replaced(resource) : resource;
  }

  #replaced(resource: Resource): Resource {
    resource.kill();
    const successor = this.#successors.get(resource);
    this.#successors.delete(resource);
    // A successor may have died while it stood ready.
    return successor !== undefined && !this.#isSpent(successor) ? successor : this.#create();
  }
}
