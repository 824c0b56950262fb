// Ways to damage a file: what broken uploads, bad disks and attackers do to it.

import type { Random } from '../random/seeded.ts';

type Mutation = (file: Buffer, random: Random, other: Buffer) => Buffer;

/** What a falsified length, count or offset says. */
const falseValues = [
  0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff,
] as const;

const mutations = {
  flipBits(file, random) {
    const copy = Buffer.from(file);
    for (let count = 1 + random.below(16); count > 0; count -= 1) {
      const at = random.below(copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    }
    return copy;
  },
  flipHeaderBits(file, random) {
    const copy = Buffer.from(file);
    for (let count = 1 + random.below(4); count > 0; count -= 1) {
      const at = random.below(Math.min(copy.length, 256));
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    }
    return copy;
  },
  truncate: (file, random) => file.subarray(0, random.below(file.length)),
  falsifyLength(file, random) {
    const copy = Buffer.from(file);
    const width = random.pick([1, 2, 4] as const);
    if (copy.length < width) return copy;
    const at = random.below(Math.min(copy.length, 4096) - width + 1);
    const value = random.pick(falseValues) % 2 ** (8 * width);
    if (random.below(2) === 0) copy.writeUIntLE(value, at, width);
    else copy.writeUIntBE(value, at, width);
    return copy;
  },
  splice(file, random, other) {
    const cut = random.below(file.length);
    return Buffer.concat([file.subarray(0, cut), other.subarray(random.below(other.length))]);
  },
  insert(file, random, other) {
    const at = random.below(file.length);
    const from = random.below(other.length);
    const piece = other.subarray(from, from + 1 + random.below(512));
    return Buffer.concat([file.subarray(0, at), piece, file.subarray(at)]);
  },
  remove(file, random) {
    const at = random.below(file.length);
    return Buffer.concat([file.subarray(0, at), file.subarray(at + 1 + random.below(256))]);
  },
  repeat(file, random) {
    const at = random.below(file.length);
    const piece = file.subarray(at, at + 1 + random.below(1024));
    return Buffer.concat([
      file.subarray(0, at),
      ...Array.from({ length: 1 + random.below(32) }, () => piece),
      file.subarray(at),
    ]);
  },
  /** Thousands of the same small piece: what counts have to be bounded for. */
  multiply(file, random) {
    const at = random.below(file.length);
    const piece = file.subarray(at, at + 1 + random.below(64));
    const copies = Buffer.alloc(piece.length * (1 + random.below(5000)), piece);
    return Buffer.concat([file.subarray(0, at), copies, file.subarray(at)]);
  },
} as const satisfies Record<string, Mutation>;

export type MutationName = keyof typeof mutations;

const names = Object.keys(mutations) as [MutationName, ...MutationName[]];

/** One or two mutations of a file. */
export function mutate(file: Buffer, random: Random, other: Buffer): { file: Buffer; names: MutationName[] } {
  const applied = Array.from({ length: 1 + random.below(2) }, () => random.pick(names));
  const mutated = applied.reduce(
    (current, name) => (current.length === 0 ? current : mutations[name](current, random, other)),
    file,
  );
  return { file: mutated, names: applied };
}
