// One file's facts as tables for a terminal.

import { basename } from 'node:path';
import { formatDimensions } from '../terminal/figures.ts';
import { renderTable } from '../terminal/table.ts';
import { wrap } from '../terminal/wrap.ts';
import type { Facts } from './examine.ts';

const valueColumns = 76;

export function tableOf(facts: Facts): string {
  const { path, bytes, outcome, milliseconds, failure, sha256, metadata, placeholder, perceptualHash } =
    facts;
  const rows = [
    ...[
      ['bytes', bytes.toLocaleString('en')],
      ['outcome', `${outcome}, in ${milliseconds} ms`],
    ],
    ...(failure ? [[failure.code, failure.message]] : []),
    ...flattened({ ...(sha256 !== undefined && { 'sha-256': sha256 }), ...metadata, ...placeholder }),
    ...(perceptualHash !== undefined ? [['perceptualHash', perceptualHash]] : []),
  ].map(([name, value = '']) => [name, wrap(value, valueColumns)]);
  const table = renderTable(rows, { head: [basename(path), ''] });
  return facts.renditions.length === 0 ? table : `${table}\n${renditionsOf(facts)}`;
}

function renditionsOf({ renditions }: Facts): string {
  const rows = renditions.map((rendition) => {
    const { variant, format, frames, bytes } = rendition;
    return [variant, format, formatDimensions(rendition), frames, bytes.toLocaleString('en')];
  });
  return renderTable(rows, {
    head: ['variant', 'format', 'pixels', 'frames', 'bytes'],
    align: ['left', 'left', 'right', 'right', 'right'],
  });
}

/** Nested objects as dotted names, lists as one line. */
function flattened(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([name, inner]): [string, string][] => {
    if (Array.isArray(inner)) return [[prefix + name, inner.join('; ')]];
    if (typeof inner === 'object' && inner !== null) return flattened(inner, `${prefix}${name}.`);
    return [[prefix + name, String(inner)]];
  });
}
