// The item tables of a HEIF file (ISO/IEC 23008-12): what items there are, where they lie, and what describes them.

import { type Box, boxesIn, boxOf, Cursor } from './boxes.ts';

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

/** @param meta the `meta` box's body. @throws {RangeError} when it is broken */
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
  const cursor = new Cursor(ipma, 4);
  for (let entries = cursor.uint(4); entries > 0; entries -= 1) {
    const id = cursor.uint(idBytes);
    const indices = Array.from({ length: cursor.uint(1) }, () =>
      isWide ? cursor.uint(2) & 0x7fff : cursor.uint(1) & 0x7f,
    );
    associations.set(id, indices);
  }
  return associations;
}

function referencesIn(iref: Buffer | undefined): Reference[] {
  if (iref === undefined) return [];
  const idBytes = iref[0] === 0 ? 2 : 4;
  return boxesIn(iref.subarray(4)).map(({ type, body }) => {
    const cursor = new Cursor(body);
    const from = cursor.uint(idBytes);
    return { type, from, to: Array.from({ length: cursor.uint(2) }, () => cursor.uint(idBytes)) };
  });
}

function extentsIn(iloc: Buffer): Map<number, Extent[]> {
  const revision = iloc[0] ?? 0;
  const cursor = new Cursor(iloc, 4);
  const widths = cursor.uint(2);
  const [offsetBytes, lengthBytes, baseBytes] = [widths >> 12, (widths >> 8) & 15, (widths >> 4) & 15];
  const indexBytes = revision === 0 ? 0 : widths & 15;
  const extents = new Map<number, Extent[]>();
  for (let items = cursor.uint(revision < 2 ? 2 : 4); items > 0; items -= 1) {
    const id = cursor.uint(revision < 2 ? 2 : 4);
    const isInline = revision > 0 && (cursor.uint(2) & 15) === 1;
    cursor.skip(2);
    const base = cursor.uint(baseBytes);
    extents.set(
      id,
      Array.from({ length: cursor.uint(2) }, () => {
        cursor.skip(indexBytes);
        const offset = base + cursor.uint(offsetBytes);
        return { offset, length: cursor.uint(lengthBytes), isInline };
      }),
    );
  }
  return extents;
}
