import { expect, it } from 'vitest';
import { Slots } from '../../../shared/imaging/isolation/slots.ts';

interface Worker {
  readonly name: string;
  owner?: string;
  isSpent: boolean;
  isKilled: boolean;
  kill(): void;
}

/** Slots of workers a, b, c…, and all that were made. */
function workshop(count: number) {
  const made: Worker[] = [];
  const create = (): Worker => {
    const worker: Worker = {
      name: String.fromCharCode(97 + made.length),
      isSpent: false,
      isKilled: false,
      kill() {
        this.isKilled = true;
        this.isSpent = true;
      },
    };
    made.push(worker);
    return worker;
  };
  const slots = new Slots(count, create, ({ isSpent }) => isSpent);
  const nameOf = (suits?: (worker: Worker) => boolean) => slots.use(async ({ name }) => name, suits);
  return { slots, made, nameOf };
}

it('gives one caller after the other the same resource', async () => {
  const { nameOf, made } = workshop(1);
  await expect(Promise.all([nameOf(), nameOf(), nameOf()])).resolves.toEqual(['a', 'a', 'a']);
  expect(made).toHaveLength(1);
});

it('replaces a resource that is spent when it is given back', async () => {
  const { slots, made, nameOf } = workshop(1);
  await slots.use(async (worker) => {
    worker.isSpent = true;
  });
  expect(made.map(({ isKilled }) => isKilled)).toEqual([true, false]);
  await expect(nameOf()).resolves.toBe('b');
});

it('replaces a resource that was spent while it was idle', async () => {
  const { made, nameOf } = workshop(1);
  for (const worker of made) worker.isSpent = true;
  await expect(nameOf()).resolves.toBe('b');
});

it('gives what was anticipated the place of what is spent, and keeps it until then', async () => {
  const { slots, made, nameOf } = workshop(1);
  await slots.use(async (worker) => {
    slots.anticipate(worker);
    slots.anticipate(worker);
  });
  expect(made).toHaveLength(2);
  await slots.use(async (worker) => {
    worker.isSpent = true;
  });
  await expect(nameOf()).resolves.toBe('b');
  expect(made).toHaveLength(2);
});

it('never gives what was anticipated and has died since', async () => {
  const { slots, made, nameOf } = workshop(1);
  await slots.use(async (worker) => {
    slots.anticipate(worker);
    for (const one of made) one.isSpent = true;
  });
  await expect(nameOf()).resolves.toBe('c');
});

it('gives a caller a resource that suits, and a new one where none does', async () => {
  const { slots, made, nameOf } = workshop(2);
  const ownedBy = (owner: string) => (worker: Worker) => [undefined, owner].includes(worker.owner);
  await Promise.all(
    ['ann', 'bob'].map((owner) =>
      slots.use(async (worker) => {
        worker.owner = owner;
        await new Promise(setImmediate);
      }, ownedBy(owner)),
    ),
  );
  const byOwner = Object.fromEntries(made.map(({ owner = '', name }) => [owner, name]));
  await expect(nameOf(ownedBy('ann'))).resolves.toBe(byOwner['ann']);
  await expect(nameOf(ownedBy('bob'))).resolves.toBe(byOwner['bob']);
  await expect(nameOf(ownedBy('carl'))).resolves.toBe('c');
  expect(made.filter(({ isKilled }) => isKilled)).toHaveLength(1);
});

it('kills all there is when it is closed, and starts nothing after it', async () => {
  const { slots, made } = workshop(2);
  await slots.use(async (worker) => {
    slots.anticipate(worker);
    slots.close();
    slots.anticipate(worker);
  });
  expect(made.map(({ isKilled }) => isKilled)).toEqual([true, true, true]);
});
