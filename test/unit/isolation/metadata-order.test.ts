import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../../shared/imaging/contract.ts';
import { metadataOrder } from '../../../shared/imaging/isolation/metadata-order.ts';
import { maxReadBytes } from '../../../shared/imaging/isolation/protocol.ts';
import { ReportError } from '../../../shared/imaging/isolation/reports.ts';
import { completeMetadata } from '../../support/complete-metadata.ts';
import { answered } from './reports.ts';

const megabyte = 1024 * 1024;

function source(byteLength = megabyte): ByteSource & { readonly reads: [number, number][] } {
  const reads: [number, number][] = [];
  return {
    byteLength,
    reads,
    async read(offset, length) {
      reads.push([offset, length]);
      return Buffer.alloc(length);
    },
  };
}

const said = (...heads: readonly unknown[]) =>
  answered(metadataOrder(source(), Buffer.alloc(0)), ...heads.map((head) => ({ head })));
const reported = (metadata: unknown) => said({ kind: 'metadata', metadata });

describe('metadata that is reported', () => {
  it('is recorded field by field', async () => {
    await expect(reported(completeMetadata)).resolves.toEqual(completeMetadata);
  });

  it.each<[string, object]>([
    ['an owner', { ownerId: 'somebody' }],
    ['the key of the original', { original: { key: 'originals/x' } }],
    ['objects to delete', { superseded: ['renditions/somebody'] }],
    ['a field of the camera', { camera: { make: 'Apple', ownerId: 'x' } }],
    ['a format that is none', { format: 'html' }],
    ['dimensions of nothing', { width: 0 }],
    ['dimensions that are no number', { width: '3024' }],
    ['a frame count beyond counting', { frames: 2 ** 53 }],
    ['an orientation that is none', { orientation: 9 }],
    ['a color space that is none', { colorSpace: 'javascript:' }],
    ['a time that is none', { capturedAt: 'yesterday' }],
    ['a place beyond the poles', { location: { latitude: 90.1, longitude: 0 } }],
    ['half a place', { location: { latitude: 1 } }],
    ['a rating beyond five', { description: { rating: 6 } }],
    ['a text that turns around', { camera: { make: 'a\u202eb' } }],
    ['a text of two lines', { camera: { make: 'a\nb' } }],
    ['a text that ends in the middle of a character', { camera: { make: 'a\ud83d' } }],
    ['an empty text', { camera: { make: '' } }],
    ['a long text', { camera: { make: 'x'.repeat(401) } }],
    ['a list without end', { description: { keywords: Array(101).fill('x') } }],
    ['notes without end', { notes: Array(22).fill('x') }],
    ['a list for a text', { camera: { make: ['Apple'] } }],
    ['null', { camera: null }],
  ])('is refused with %s', async (_, change) => {
    await expect(reported({ ...completeMetadata, ...change })).rejects.toBeInstanceOf(ReportError);
  });

  it('is refused when what must be there is not', async () => {
    const { width, ...rest } = completeMetadata;
    await expect(reported(rest)).rejects.toBeInstanceOf(ReportError);
  });

  it('has nothing in it but known fields, whatever is reported', async () => {
    const keys = fc.constantFrom('ownerId', '__proto__', 'constructor', ...Object.keys(completeMetadata));
    const change = fc.dictionary(
      keys,
      fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(completeMetadata))),
    );
    await fc.assert(
      fc.asyncProperty(change, async (changed) => {
        const result = await reported({ ...completeMetadata, ...changed }).catch((error) => error);
        if (result instanceof Error) expect(result).toBeInstanceOf(ReportError);
        else expect(Object.keys(completeMetadata)).toEqual(expect.arrayContaining(Object.keys(result)));
      }),
      { numRuns: 500 },
    );
  });

  it('is of no more than 33 KB', () => {
    const { answers } = metadataOrder(source(), Buffer.alloc(0));
    expect(answers).toEqual({ maxHeadBytes: 33 * 1024, maxBlocks: 0, maxBlockBytes: 0 });
  });
});

describe('reads of the original', () => {
  const read = (offset: number, length: number) => ({ head: { kind: 'read', offset, length } });
  const done = { head: { kind: 'metadata', metadata: completeMetadata } };

  it('are served where they are asked for', async () => {
    const original = source();
    await answered(metadataOrder(original, Buffer.alloc(0)), read(100, 50), read(megabyte - 1, 1), done);
    expect(original.reads).toEqual([
      [100, 50],
      [megabyte - 1, 1],
    ]);
  });

  it.each([
    ['behind the end', read(megabyte, 1)],
    ['across the end', read(megabyte - 1, 2)],
    ['before the beginning', read(-1, 2)],
    ['of nothing', read(0, 0)],
    ['of half a byte', read(0, 0.5)],
    ['at no safe number', read(2 ** 53, 1)],
  ])('%s are refused', async (_, request) => {
    const original = source();
    const order = metadataOrder(original, Buffer.alloc(0));
    await expect(answered(order, request, done)).rejects.toBeInstanceOf(ReportError);
    expect(original.reads).toEqual([]);
  });

  it('are served in pieces of 8 MB at most', async () => {
    const large = () => metadataOrder(source(100 * megabyte), Buffer.alloc(0));
    await expect(answered(large(), read(0, maxReadBytes), done)).resolves.toEqual(completeMetadata);
    await expect(answered(large(), read(0, maxReadBytes + 1), done)).rejects.toBeInstanceOf(ReportError);
  });

  it('are served a hundred times, and no more', async () => {
    const times = (count: number) => Array.from({ length: count }, () => read(0, 1));
    const order = () => metadataOrder(source(), Buffer.alloc(0));
    await expect(answered(order(), ...times(100), done)).resolves.toEqual(completeMetadata);
    await expect(answered(order(), ...times(101), done)).rejects.toBeInstanceOf(ReportError);
  });

  it('are served twice for the whole file and 2 MB, and no further', async () => {
    const whole = read(0, megabyte);
    const order = () => metadataOrder(source(), Buffer.alloc(0));
    await expect(answered(order(), whole, whole, whole, whole, done)).resolves.toEqual(completeMetadata);
    const further = answered(order(), whole, whole, whole, whole, read(0, 1), done);
    await expect(further).rejects.toBeInstanceOf(ReportError);
  });

  it('that fail are what fails', async () => {
    const gone = new Error('gone');
    const broken: ByteSource = { byteLength: 10, read: () => Promise.reject(gone) };
    await expect(answered(metadataOrder(broken, Buffer.alloc(0)), read(0, 1), done)).rejects.toBe(gone);
  });
});
