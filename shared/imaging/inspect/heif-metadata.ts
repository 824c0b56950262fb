// The EXIF and XMP items of a HEIF file: of each kind the first that is whole.

import { maxMetadataBytes } from './budget.ts';
import { BufferHeaderReader, type HeaderReader } from './header-reader.ts';
import type { HeifTables } from './heif-items.ts';
import type { MetadataBlocks } from './inspection.ts';

/** Metadata items that are looked into: one or two in any file. */
const maxMetadataItems = 8;
/** Pieces that one lies in: one in nearly any file. */
const maxItemExtents = 64;

export async function heifMetadata(
  file: HeaderReader,
  tables: HeifTables,
): Promise<MetadataBlocks & { notes: string[] }> {
  const found: MetadataBlocks & { notes: string[] } = { notes: [] };
  const items = tables.items.flatMap((item) => kindOf(item) ?? []).slice(0, maxMetadataItems);
  for (const { id, kind } of items) {
    if (found[kind] !== undefined) continue;
    const body = await itemBytes(file, tables, id);
    if (body === undefined)
      found.notes.push(`an item of ${kind} was left out: it is too long or not all there`);
    else if (kind === 'xmp') found.xmp = body;
    // The item starts with how far its TIFF header lies behind these four bytes.
    else if (body.length > 8) found.exif = new BufferHeaderReader(body.subarray(4 + body.readUInt32BE(0)));
  }
  return found;
}

function kindOf({ id, type, contentType }: HeifTables['items'][number]) {
  if (type === 'Exif') return { id, kind: 'exif' } as const;
  return type === 'mime' && contentType === 'application/rdf+xml'
    ? ({ id, kind: 'xmp' } as const)
    : undefined;
}

async function itemBytes(file: HeaderReader, tables: HeifTables, id: number): Promise<Buffer | undefined> {
  const extents = tables.extents.get(id) ?? [];
  const total = extents.reduce((sum, { length }) => sum + length, 0);
  if (total === 0 || total > maxMetadataBytes || extents.length > maxItemExtents) return undefined;
  const parts: Buffer[] = [];
  for (const { offset, length, isInline } of extents) {
    const end = isInline ? tables.inlineData.length : file.byteLength;
    if (offset + length > end) return undefined;
    parts.push(
      isInline ? tables.inlineData.subarray(offset, offset + length) : await file.bytes(offset, length),
    );
  }
  return Buffer.concat(parts);
}
