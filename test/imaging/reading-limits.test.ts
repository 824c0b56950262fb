// What reading one file may cost, however it is built: bytes that inflate, and ranges that are fetched.

import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { InflateBudget } from '../../shared/imaging/inspect/budget.ts';
import { maxBlockBytes, RangedHeaderReader } from '../../shared/imaging/inspect/header-reader.ts';
import { longSource, u8 } from './hostile/bytes.ts';

describe('the budget of what inflates', () => {
  const four = 4 * 1024 * 1024;
  const deflated = (bytes: number) => deflateSync(Buffer.alloc(bytes), { level: 9 });

  it('is four megabytes, to the byte', () => {
    expect(new InflateBudget().inflate(deflated(four))).toHaveLength(four);
    expect(() => new InflateBudget().inflate(deflated(four + 1))).toThrow();
  });

  it('is one for all chunks of a file', () => {
    const budget = new InflateBudget();
    expect(budget.inflate(deflated(four - 100))).toHaveLength(four - 100);
    expect(budget.inflate(deflated(60))).toHaveLength(60);
    expect(budget.inflate(deflated(40))).toHaveLength(40);
    expect(() => budget.inflate(deflated(1))).toThrow('more compressed metadata than is read');
  });

  it('is spent by what is damaged, as far as that may have grown', () => {
    const budget = new InflateBudget();
    const damaged = deflated(four).subarray(0, 2100);
    expect(() => budget.inflate(damaged)).toThrow();
    expect(budget.inflate(deflated(1_000_000))).toHaveLength(1_000_000);
    expect(() => budget.inflate(damaged)).toThrow();
    expect(() => budget.inflate(deflated(1_000_000))).toThrow();
  });
});

describe('reading by ranges', () => {
  const source = (megabytes: number) => longSource(Buffer.alloc(0), u8(7), megabytes * 1024 * 1024);

  it('walks through a hundred megabytes in two dozen reads', async () => {
    let reads = 0;
    const whole = source(100);
    const reader = new RangedHeaderReader({
      byteLength: whole.byteLength,
      read(offset, length) {
        reads += 1;
        return whole.read(offset, length);
      },
    });
    for (let at = 0; at < whole.byteLength; at += 4096) await reader.bytes(at, 8);
    expect(reads).toBeLessThan(24);
  });

  it('goes back and forth for twice the length of the file, and no further', async () => {
    const reader = new RangedHeaderReader(source(40));
    const sweep = async (until: number) => {
      for (let megabyte = 0; megabyte < until; megabyte += 1) await reader.bytes(megabyte * 1024 * 1024, 8);
    };
    await sweep(40);
    await sweep(36);
    await expect(sweep(40)).rejects.toMatchObject({ code: 'too-expensive' });
  });

  it('takes blocks of up to 16 megabytes', async () => {
    const reader = new RangedHeaderReader(source(20));
    expect(await reader.bytes(0, maxBlockBytes)).toHaveLength(maxBlockBytes);
    await expect(reader.bytes(0, maxBlockBytes + 1)).rejects.toThrow(RangeError);
    await expect(reader.bytes(source(20).byteLength - 4, 5)).rejects.toThrow(RangeError);
  });
});
