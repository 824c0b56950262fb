// Every kind of hostile file among nine innocent ones, in one batch of the metadata worker.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MetadataEngine } from '../../../shared/imaging/contract.ts';
import { createMetadataEngine } from '../../../shared/imaging/metadata-engine.ts';
import { peakChildMegabytes } from '../children.ts';
import { handleBatch } from '../metadata-batch.ts';
import { landscape } from '../samples.ts';
import { hostileKinds } from './kinds.ts';

const place = 4;
const neighbors = 9;
const ceilingMb = 256;

let engine: MetadataEngine;
let innocent: Buffer;

beforeAll(async () => {
  engine = createMetadataEngine();
  innocent = await landscape(64, 48).jpeg().toBuffer();
});
afterAll(() => engine.close());

it.each(hostileKinds.map(({ name, sizes, file }) => [name, file, sizes.at(-1) ?? 1] as const))(
  '%s: settles, and its neighbors in the same receive',
  async (_, file, size) => {
    const files = Array.from({ length: neighbors + 1 }, (_file, index) =>
      index === place ? file(size) : innocent,
    );

    const { returned, records } = await handleBatch(engine, files);

    expect(returned).toBe(0);
    const states = records.map((record) => record?.metadataTask?.state);
    expect(['done', 'rejected']).toContain(states[place]);
    expect(states.toSpliced(place, 1)).toEqual(Array(neighbors).fill('done'));
    expect(records[0]?.metadata).toMatchObject({ format: 'jpeg', width: 64, height: 48 });
    expect(peakChildMegabytes()).toBeLessThan(ceilingMb);
  },
);
