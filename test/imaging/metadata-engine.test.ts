import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { TransientFailure } from '../../shared/domain/errors.ts';
import type { ByteSource, MetadataEngine } from '../../shared/imaging/contract.ts';
import { bufferSource } from '../../shared/imaging/inspect/byte-source.ts';
import { ConfinedProcess } from '../../shared/imaging/isolation/confined-process.ts';
import { readMetadata } from '../../shared/imaging/metadata/read-metadata.ts';
import { createMetadataEngine, type MetadataEngineOptions } from '../../shared/imaging/metadata-engine.ts';
import { childIds } from './children.ts';
import { script } from './malicious/actions.ts';
import { landscape } from './samples.ts';

const kilobyte = 1024;

/** Says which ranges were read. */
function noted(file: Uint8Array, waitMs = 0) {
  const ranges: [number, number][] = [];
  const source: ByteSource = {
    byteLength: file.byteLength,
    async read(offset, length) {
      ranges.push([offset, length]);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      return file.subarray(offset, offset + length);
    },
  };
  return { source, ranges };
}

/** Of 3 MB, with what is to be known at its end: PNG text behind the pixels. */
async function scattered(): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
  const png = await sharp({ create: { width: 1200, height: 1200, channels: 3, background: 'gray', noise } })
    .withExif({ IFD0: { Make: 'Acme' } })
    .png()
    .toBuffer();
  const at = png.indexOf('eXIf') - 4;
  const length = png.readUInt32BE(at) + 12;
  const exif = png.subarray(at, at + length);
  const rest = Buffer.concat([png.subarray(0, at), png.subarray(at + length)]);
  return Buffer.concat([rest.subarray(0, -12), exif, rest.subarray(-12)]);
}

describe('the metadata engine', () => {
  let engine: MetadataEngine;
  const start = (options: MetadataEngineOptions = {}) => {
    engine = createMetadataEngine(options);
    return engine;
  };
  const malicious = { childEntry: new URL('./malicious/child.ts', import.meta.url) };
  afterEach(() => engine.close());

  it('reads of a photo its beginning, once', async () => {
    const photo = await landscape(4000, 3000).jpeg({ quality: 100 }).toBuffer();
    const { source, ranges } = noted(photo);
    await expect(start().readMetadata(source)).resolves.toEqual(await readMetadata(bufferSource(photo)));
    expect(ranges).toEqual([[0, 96 * kilobyte]]);
    expect(photo.length).toBeGreaterThan(96 * kilobyte);
  });

  it('reads on where a file is scattered, and no more than without a process', async () => {
    const file = await scattered();
    const [isolated, direct] = [noted(file), noted(file)];
    const metadata = await start().readMetadata(isolated.source);
    expect(metadata).toEqual(await readMetadata(direct.source));
    expect(metadata.camera).toEqual({ make: 'Acme' });
    expect(isolated.ranges).toEqual(direct.ranges);
    expect(isolated.ranges.length).toBeGreaterThan(1);
  });

  it('reads one after the other in the same process', async () => {
    start();
    const photo = bufferSource(await landscape(30, 20).jpeg().toBuffer());
    const before = childIds();
    await Promise.all(Array.from({ length: 20 }, () => engine.readMetadata(photo)));
    expect(before).toEqual(expect.arrayContaining(childIds()));
  });

  it('does not count against a file the time that its bytes take to arrive', async () => {
    const [deadlineMs, waitMs] = [2_000, 1_200];
    start({ deadlineMs });
    const { source, ranges } = noted(await scattered(), waitMs);
    await expect(engine.readMetadata(source)).resolves.toMatchObject({ format: 'png' });
    // The first one is fetched before a process is waited for.
    expect((ranges.length - 1) * waitMs).toBeGreaterThan(deadlineMs);
  });

  it('fails as its source fails, and the process serves the next', async () => {
    start();
    const photo = await landscape(30, 20).jpeg().toBuffer();
    const away = new TransientFailure('dependency-unavailable', 'S3 is away');
    let reads = 0;
    const file = await scattered();
    const breaking: ByteSource = {
      byteLength: file.length,
      async read(offset, length) {
        reads += 1;
        if (reads > 1) throw away;
        return file.subarray(offset, offset + length);
      },
    };
    await expect(engine.readMetadata(breaking)).rejects.toBe(away);
    await expect(engine.readMetadata(bufferSource(photo))).resolves.toMatchObject({ width: 30 });
  });

  it('ends with one endless file of ten, and the nine are read', async () => {
    start({ ...malicious, deadlineMs: 1_000 });
    const honest = script({
      head: {
        kind: 'metadata',
        metadata: {
          ...{ format: 'gif', width: 3, height: 2, storedWidth: 3, storedHeight: 2 },
          ...{ orientation: 1, hasAlpha: false, frames: 1 },
        },
      },
      blocks: [],
    });
    const files = Array.from({ length: 10 }, (_, index) => (index === 4 ? script({ do: 'spin' }) : honest));
    const results = await Promise.allSettled(files.map((file) => engine.readMetadata(bufferSource(file))));
    const refused = results.flatMap((result, index) => (result.status === 'rejected' ? [index] : []));
    expect(refused).toEqual([4]);
    expect(results[4]).toMatchObject({ reason: { code: 'too-expensive' } });
  });
});

it('never blames a file for a process that is never ready', async () => {
  const entry = new URL('./silent-child.ts', import.meta.url);
  const silent = new ConfinedProcess({
    ...{ program: { entry, decodes: false }, environment: {}, memoryCeilingBytes: 256e6 },
    ...{ deadlineMs: 5_000, startDeadlineMs: 300 },
  });
  const order = { answers: { maxHeadBytes: 1, maxBlocks: 0, maxBlockBytes: 0 }, converse: async () => {} };
  await expect(silent.fulfill(order, () => {})).rejects.toMatchObject({
    name: 'TransientFailure',
    message: 'the imaging process does not start',
  });
  expect(silent.isAlive).toBe(false);
});
