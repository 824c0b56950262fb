// Watches every AWS call of the clients it is given, and makes one of them fail in a given way.

/** How a call can go wrong, and what the SDK throws then. */
export const faults = {
  'an unknown error': () => new Error('something nobody thought of'),
  'a time-out': () => Object.assign(new Error('socket timed out'), { name: 'TimeoutError' }),
  'a broken connection': () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
  'a 503': () =>
    Object.assign(new Error('slow down'), { name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } }),
  'a throttle': () =>
    Object.assign(new Error('too fast'), { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }),
  /** Nothing is thrown: nothing happens any more. */
  'the death of the process': undefined,
} as const;

export type Fault = keyof typeof faults;

export interface FaultPlan {
  /** Which call, counted from 0. */
  readonly at: number;
  readonly fault: Fault;
  /** Whether the call has taken effect when it fails. */
  readonly when: 'before' | 'after';
}

/** Every call with every fault; the errors that are classified alike take turns, so that a run stays short. */
export function plansFor(calls: readonly string[]): FaultPlan[] {
  const errors = (Object.keys(faults) as Fault[]).filter((fault) => faults[fault]);
  return calls.flatMap((_, at) => [
    { at, when: 'before', fault: errors[at % errors.length] ?? 'a 503' },
    { at, when: 'after', fault: errors[(at + 1) % errors.length] ?? 'a 503' },
    { at, when: 'before', fault: 'the death of the process' },
    { at, when: 'after', fault: 'the death of the process' },
  ]);
}

/** The part of every SDK client that calls can be watched through. */
interface WatchableClient {
  // biome-ignore lint/suspicious/noExplicitAny: the stacks of different clients share no type
  readonly middlewareStack: { add(middleware: any, options: any): void };
}

type Next = (args: object) => Promise<unknown>;

export class AwsCalls {
  #names: string[] = [];
  #plan: FaultPlan | undefined;
  #isDead = false;
  #outage: { name: string; error: () => Error } | undefined;
  #onDeath: () => void = () => {};

  watch<Client extends WatchableClient>(client: Client): Client {
    const middleware = (next: Next, context: { commandName?: string }) => (args: object) =>
      this.#around(context.commandName ?? '', () => next(args));
    client.middlewareStack.add(middleware, { step: 'initialize', name: 'watch' });
    return client;
  }

  /** The names of the calls since the last `start`, in order. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Counts from 0 again, with a fault or without. @returns what is fulfilled should the process die. */
  start(plan?: FaultPlan): Promise<'died'> {
    this.#names = [];
    this.#plan = plan;
    this.#isDead = false;
    this.#outage = undefined;
    return new Promise((resolve) => {
      this.#onDeath = () => resolve('died');
    });
  }

  /** Until the next `start`, no call of this name succeeds. */
  failEvery(name: string, error: () => Error): void {
    this.#outage = { name, error };
  }

  async #around(name: string, call: () => Promise<unknown>): Promise<unknown> {
    if (this.#isDead) return this.#die();
    const index = this.#names.push(name) - 1;
    if (this.#outage?.name === name) throw this.#outage.error();
    const plan = this.#plan?.at === index ? this.#plan : undefined;
    if (plan?.when === 'before') return this.#fail(plan.fault);
    const answer = await call();
    return plan ? this.#fail(plan.fault) : answer;
  }

  #fail(fault: Fault): Promise<never> {
    const error = faults[fault]?.();
    return error ? Promise.reject(error) : this.#die();
  }

  #die(): Promise<never> {
    this.#isDead = true;
    this.#onDeath();
    return new Promise(() => {});
  }
}
