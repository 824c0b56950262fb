// ICC profiles that are a matrix and three curves, as those of cameras, phones and editors are (ICC.1:2022, clauses 8 to 10).
// What they compute can be told without a color engine, and done at a fraction of its cost.

import type { ColorMapping, Transfer } from './mapping.ts';
import { linearFromXyz } from './srgb.ts';

type Column = readonly [number, number, number];

export interface MatrixProfile {
  /** XYZ of full red, green and blue, adapted to D50. */
  readonly columns: readonly [Column, Column, Column];
  /** Encoded value 0 to 1 -> linear light, of red, green and blue. */
  readonly curves: readonly [Transfer, Transfer, Transfer];
  /** True where the three curves are one. */
  readonly hasOneCurve: boolean;
}

/** Undefined for a profile of any other kind, and for one that is broken. */
export function matrixProfileOf(icc: Buffer): MatrixProfile | undefined {
  try {
    return parse(icc);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** From the profile's colors to sRGB, as the colorimetric intent has it; undefined where one curve is not enough. */
export function mappingOfProfile(icc: Buffer): ColorMapping | undefined {
  const profile = matrixProfileOf(icc);
  if (profile === undefined || !profile.hasOneCurve) return undefined;
  const { columns, curves } = profile;
  const [red, green, blue] = linearFromXyz.map((row): Column => {
    const [r, g, b] = columns.map((column) => row[0] * column[0] + row[1] * column[1] + row[2] * column[2]);
    return [r ?? 0, g ?? 0, b ?? 0];
  });
  return red && green && blue && { transfer: curves[0], matrix: [red, green, blue] };
}

/** @throws {RangeError} when a part lies outside the profile, or is of a kind that is not known */
function parse(icc: Buffer): MatrixProfile | undefined {
  if (icc.toString('latin1', 16, 24) !== 'RGB XYZ ') return undefined;
  const tags = tagTable(icc);
  // A lookup table takes precedence over matrix and curves, and may do anything.
  if (tags.has('A2B0')) return undefined;
  const curveTags = ['rTRC', 'gTRC', 'bTRC'].map((name) => tagOf(tags, name));
  const [r, g, b] = curveTags.map(curveOf);
  const [x, y, z] = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => xyzOf(tagOf(tags, name)));
  if (!(r && g && b && x && y && z)) return undefined;
  const [first] = curveTags;
  return {
    columns: [x, y, z],
    curves: [r, g, b],
    hasOneCurve: curveTags.every((tag) => first?.equals(tag)),
  };
}

function tagOf(tags: ReadonlyMap<string, Buffer>, name: string): Buffer {
  const tag = tags.get(name);
  if (tag === undefined) throw new RangeError(`no ${name}`);
  return tag;
}

function tagTable(icc: Buffer): Map<string, Buffer> {
  const tags = new Map<string, Buffer>();
  const count = Math.min(icc.readUInt32BE(128), 100);
  for (let index = 0; index < count; index += 1) {
    const at = 132 + 12 * index;
    const offset = icc.readUInt32BE(at + 4);
    tags.set(icc.toString('latin1', at, at + 4), icc.subarray(offset, offset + icc.readUInt32BE(at + 8)));
  }
  return tags;
}

function xyzOf(tag: Buffer): Column {
  return [fixed(tag, 8), fixed(tag, 12), fixed(tag, 16)];
}

/** A `curv` or `para` tag. */
function curveOf(tag: Buffer): Transfer {
  const kind = tag.toString('latin1', 0, 4);
  if (kind === 'curv') return sampledCurve(tag);
  if (kind === 'para') return parametricCurve(tag);
  throw new RangeError('a curve of another kind');
}

function sampledCurve(tag: Buffer): Transfer {
  const count = tag.readUInt32BE(8);
  if (count === 0) return (encoded) => encoded;
  if (count === 1) return power(tag.readUInt16BE(12) / 256);
  const last = count - 1;
  // Read now, so that a table that is cut off is found now.
  tag.readUInt16BE(12 + 2 * last);
  return (encoded) => {
    const below = Math.min(last - 1, Math.floor(encoded * last));
    const low = tag.readUInt16BE(12 + 2 * below);
    const high = tag.readUInt16BE(14 + 2 * below);
    return (low + (high - low) * (encoded * last - below)) / 65535;
  };
}

/** Kinds 0, gamma alone, and 3, which sRGB and Display P3 use; profiles of the others are rare. */
function parametricCurve(tag: Buffer): Transfer {
  const kind = tag.readUInt16BE(8);
  if (kind === 0) return power(fixed(tag, 12));
  if (kind !== 3) throw new RangeError('a parametric curve of another kind');
  const [gamma = 0, a = 0, b = 0, c = 0, d = 0] = [12, 16, 20, 24, 28].map((at) => fixed(tag, at));
  return (encoded) => (encoded >= d ? Math.max(0, a * encoded + b) ** gamma : c * encoded);
}

function power(gamma: number): Transfer {
  if (gamma <= 0) throw new RangeError('a curve that does not rise');
  return (encoded) => encoded ** gamma;
}

/** s15Fixed16Number. */
function fixed(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) / 65536;
}
