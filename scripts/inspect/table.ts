// One file's facts as tables for a terminal.

import { basename } from 'node:path';
import Table from 'cli-table3';
import type { Facts } from './examine.ts';

const valueColumns = 76;

export function tableOf(facts: Facts): string {
  const table = new Table({
    head: [basename(facts.path), ''],
    style: { head: [], border: [], compact: true },
  });
  table.push(['bytes', facts.bytes.toLocaleString('en')]);
  table.push(['outcome', `${facts.outcome}, in ${facts.milliseconds} ms`]);
  if (facts.failure !== undefined) table.push([facts.failure.code, wrapped(facts.failure.message)]);
  if (facts.sha256 !== undefined) table.push(['sha-256', facts.sha256]);
  for (const [name, value] of flattened(facts.metadata ?? {})) table.push([name, wrapped(value)]);
  for (const [name, value] of flattened(facts.placeholder ?? {})) table.push([name, value]);
  if (facts.perceptualHash !== undefined) table.push(['perceptualHash', facts.perceptualHash]);
  return facts.renditions.length === 0 ? table.toString() : `${table}\n${renditionsOf(facts)}`;
}

function renditionsOf(facts: Facts): string {
  const table = new Table({
    head: ['variant', 'format', 'pixels', 'frames', 'bytes'],
    colAligns: ['left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { variant, format, width, height, frames, bytes } of facts.renditions) {
    table.push([variant, format, `${width} x ${height}`, frames, bytes.toLocaleString('en')]);
  }
  return table.toString();
}

/** Nested objects as dotted names, lists as one line. */
function flattened(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([name, inner]): [string, string][] => {
    if (Array.isArray(inner)) return [[prefix + name, inner.join('; ')]];
    if (typeof inner === 'object' && inner !== null) return flattened(inner, `${prefix}${name}.`);
    return [[prefix + name, String(inner)]];
  });
}

function wrapped(text: string): string {
  return text
    .replaceAll(new RegExp(`(.{1,${valueColumns}})(?:\\s+|$)|(.{${valueColumns}})`, 'g'), '$1$2\n')
    .trim();
}
