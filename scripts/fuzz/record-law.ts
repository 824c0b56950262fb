// What may be recorded of an image, checked from outside: whatever a file holds, its metadata has to keep to this.

import * as z from 'zod/mini';
import type { ImageMetadata } from '../../shared/domain/metadata.ts';
import { metadataSchema } from '../../shared/imaging/isolation/metadata-schema.ts';

const maxBytes = 32 * 1024;
const maxItems = 100;
const maxNotes = 21;
const maxTextLength = 2000;
const unclean = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u;

/** What is wrong with it, one line each. */
export function breaches(metadata: ImageMetadata): string[] {
  const found: string[] = [];
  const { notes = [], ...facts } = metadata;
  if (Buffer.byteLength(JSON.stringify(metadata)) > maxBytes) found.push('longer than 32 KB');
  if (notes.length > maxNotes) found.push(`${notes.length} notes`);
  for (const name of ['width', 'height', 'storedWidth', 'storedHeight', 'frames', 'orientation'] as const) {
    if (!(Number.isSafeInteger(metadata[name]) && metadata[name] >= 1))
      found.push(`${name} ${metadata[name]}`);
  }
  const { error } = z.safeParse(metadataSchema, JSON.parse(JSON.stringify(metadata)));
  for (const { path, code } of error?.issues ?? []) found.push(`${path.join('.')} is not believed (${code})`);
  check('metadata', { ...facts, notes: notes.slice(0, maxItems) }, found);
  return found;
}

function check(path: string, value: unknown, found: string[]): void {
  if (typeof value === 'number') {
    if (!(Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)))
      found.push(`${path} is ${value}`);
  } else if (typeof value === 'string') {
    if (unclean.test(value)) found.push(`${path} is not clean`);
    if ([...value].length > maxTextLength) found.push(`${path} has ${value.length} characters`);
  } else if (Array.isArray(value)) {
    if (value.length > maxItems) found.push(`${path} has ${value.length} items`);
    value.forEach((item, index) => {
      check(`${path}[${index}]`, item, found);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) check(`${path}.${name}`, part, found);
  } else if (typeof value !== 'boolean') {
    found.push(`${path} is ${String(value)}`);
  }
}
