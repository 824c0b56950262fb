// The item tables of a HEIF file (ISO/IEC 23008-12): what items there are, where they lie, and what describes them.
// Counts are checked against what is left before anything of that number is made: a field may be of no width at all.

import { type Box, boxesIn, boxOf, Cursor } from './boxes.ts';

/** A picture of 250 megapixels in tiles of half a megapixel has 500 items. */
const maxItems = 4096;
/** Properties of all items together. */
const maxAssociations = 32_768;
/** Items that other items refer to, of all references together. */
const maxReferences = 32_768;
/** Pieces that all items lie in. */
const maxExtents = 8192;

export interface HeifItem {
  readonly id: number;
  readonly type: string;
  readonly contentType?: string;
}

export interface Extent {
  readonly offset: number;
  readonly length: number;
  /** True where the offset counts from the `idat` box, not from the file's start. */
  readonly isInline: boolean;
}

export interface Reference {
  readonly type: string;
  readonly from: number;
  readonly to: readonly number[];
}

export interface HeifTables {
  readonly primaryId: number;
  readonly items: readonly HeifItem[];
  readonly references: readonly Reference[];
  readonly extents: ReadonlyMap<number, readonly Extent[]>;
  /** The property boxes of an item, in their order of application. */
  propertiesOf(itemId: number): readonly Box[];
  readonly inlineData: Buffer;
}

/** @param meta the `meta` box's body. @throws {RangeError} when it is broken, or holds more than any picture needs */
export function heifTables(meta: Buffer): HeifTables {
  const boxes = boxesIn(meta.subarray(4));
  const need = (type: string): Buffer => {
    const body = boxOf(boxes, type);
    if (body === undefined) throw new RangeError(`no ${type} box`);
    return body;
  };
  const pitm = need('pitm');
  const iprp = boxesIn(need('iprp'));
  const properties = boxesIn(boxOf(iprp, 'ipco') ?? Buffer.alloc(0));
  const associations = associationsIn(boxOf(iprp, 'ipma') ?? Buffer.alloc(0));
  return {
    primaryId: new Cursor(pitm, 4).uint(pitm[0] === 0 ? 2 : 4),
    items: itemsIn(need('iinf')),
    references: referencesIn(boxOf(boxes, 'iref')),
    extents: extentsIn(need('iloc')),
    inlineData: boxOf(boxes, 'idat') ?? Buffer.alloc(0),
    propertiesOf: (itemId) =>
      (associations.get(itemId) ?? [])
        .map((index) => properties[index - 1])
        .filter((box) => box !== undefined),
  };
}

/** Counts down what may still be made of a kind. */
class Allowance {
  readonly #what: string;
  #left: number;

  constructor(what: string, most: number) {
    this.#what = what;
    this.#left = most;
  }

  /** @returns the count, when that many are left @throws {RangeError} */
  take(count: number): number {
    this.#left -= count;
    if (this.#left < 0) throw new RangeError(`too many ${this.#what}`);
    return count;
  }
}

/** @throws {RangeError} when there are more entries than items can be */
function itemCount(count: number): number {
  return new Allowance('items', maxItems).take(count);
}

function itemsIn(iinf: Buffer): HeifItem[] {
  const entriesAt = iinf[0] === 0 ? 6 : 8;
  return boxesIn(iinf.subarray(entriesAt))
    .filter(({ type, body }) => type === 'infe' && (body[0] ?? 0) >= 2)
    .map(({ body }) => {
      const cursor = new Cursor(body, 4);
      const id = cursor.uint(body[0] === 2 ? 2 : 4);
      cursor.skip(2);
      const type = String.fromCharCode(cursor.uint(1), cursor.uint(1), cursor.uint(1), cursor.uint(1));
      cursor.text();
      return type === 'mime' ? { id, type, contentType: cursor.text() } : { id, type };
    });
}

function associationsIn(ipma: Buffer): Map<number, number[]> {
  const associations = new Map<number, number[]>();
  if (ipma.length === 0) return associations;
  const idBytes = ipma[0] === 0 ? 2 : 4;
  const isWide = ((ipma[3] ?? 0) & 1) === 1;
  const allowance = new Allowance('item properties', maxAssociations);
  const cursor = new Cursor(ipma, 4);
  for (let entries = itemCount(cursor.uint(4)); entries > 0; entries -= 1) {
    const id = cursor.uint(idBytes);
    const indices = Array.from({ length: allowance.take(cursor.uint(1)) }, () =>
      isWide ? cursor.uint(2) & 0x7fff : cursor.uint(1) & 0x7f,
    );
    associations.set(id, indices);
  }
  return associations;
}

function referencesIn(iref: Buffer | undefined): Reference[] {
  if (iref === undefined) return [];
  const idBytes = iref[0] === 0 ? 2 : 4;
  const allowance = new Allowance('item references', maxReferences);
  return boxesIn(iref.subarray(4)).map(({ type, body }) => {
    const cursor = new Cursor(body);
    const from = cursor.uint(idBytes);
    const length = allowance.take(cursor.uint(2));
    return { type, from, to: Array.from({ length }, () => cursor.uint(idBytes)) };
  });
}

function extentsIn(iloc: Buffer): Map<number, Extent[]> {
  const revision = iloc[0] ?? 0;
  const cursor = new Cursor(iloc, 4);
  const widths = cursor.uint(2);
  const read = (nibble: number) => fieldReader(cursor, (widths >> nibble) & 15);
  const [readOffset, readLength, readBase] = [read(12), read(8), read(4)];
  const readIndex = revision === 0 ? () => 0 : read(0);
  const allowance = new Allowance('extents', maxExtents);
  const extents = new Map<number, Extent[]>();
  for (let items = itemCount(cursor.uint(revision < 2 ? 2 : 4)); items > 0; items -= 1) {
    const id = cursor.uint(revision < 2 ? 2 : 4);
    const isInline = revision > 0 && (cursor.uint(2) & 15) === 1;
    cursor.skip(2);
    const base = readBase();
    const count = allowance.take(cursor.uint(2));
    extents.set(
      id,
      Array.from({ length: count }, () => {
        readIndex();
        const offset = base + readOffset();
        return { offset, length: readLength(), isInline };
      }),
    );
  }
  return extents;
}

/** Fields of `iloc` have 0, 4 or 8 bytes; one of 0 stands for 0. @throws {RangeError} for any other width */
function fieldReader(cursor: Cursor, byteLength: number): () => number {
  if (byteLength === 0) return () => 0;
  if (byteLength !== 4 && byteLength !== 8) throw new RangeError(`a field of ${byteLength} bytes`);
  return () => cursor.uint(byteLength);
}
