// Pixels of other RGB colors made sRGB: by a curve, a matrix and sRGB's own curve, each channel looked up in a table.

import { linearToSrgb } from './srgb.ts';

/** Encoded value 0 to 1 -> linear light, where 1 is the white of a page. */
export type Transfer = (encoded: number) => number;

type Row = readonly [number, number, number];

/** Rows of a matrix from linear RGB of other primaries to linear sRGB. */
export type Matrix = readonly [Row, Row, Row];

export interface ColorMapping {
  readonly transfer: Transfer;
  readonly matrix: Matrix;
}

/** Steps of linear light from black to white: fine enough for the darkest 8-bit value, where sRGB is steepest. */
const lightSteps = 4095;
/** Parts of a step that sums are counted in, as a power of two. */
const partBits = 4;

interface Tables {
  /** What each value of each channel adds to each kind of light: red to red, green to red, blue to red, red to green, … */
  readonly light: readonly Int32Array[];
  /** The sRGB value of every sum of light, darker than black and brighter than white included. */
  readonly encoded: Uint8Array;
}

/** Samples of 8 or 16 bits and 3 or 4 channels to 8-bit sRGB; alpha is kept. Samples of 8 bits are mapped where they lie. */
export function mapColors(samples: Uint8Array | Uint16Array, channels: 3 | 4, mapping: ColorMapping): Buffer {
  if (samples instanceof Uint8Array) {
    lookUp(samples, samples, channels, tablesOf(mapping, 256));
    return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  }
  const mapped = Buffer.alloc(samples.length);
  lookUp(samples, mapped, channels, tablesOf(mapping, 65536));
  if (channels === 4) reduceAlpha(samples, mapped);
  return mapped;
}

/** Kept this plain for speed: a picture has millions of samples. */
function lookUp(
  samples: Uint8Array | Uint16Array,
  mapped: Uint8Array,
  channels: number,
  { light: [rr, rg, rb, gr, gg, gb, br, bg, bb], encoded }: Tables,
): void {
  if (!(rr && rg && rb && gr && gg && gb && br && bg && bb)) return;
  for (let at = 0; at < samples.length; at += channels) {
    const r = samples[at] ?? 0;
    const g = samples[at + 1] ?? 0;
    const b = samples[at + 2] ?? 0;
    mapped[at] = encoded[((rr[r] ?? 0) + (rg[g] ?? 0) + (rb[b] ?? 0)) >> partBits] ?? 0;
    mapped[at + 1] = encoded[((gr[r] ?? 0) + (gg[g] ?? 0) + (gb[b] ?? 0)) >> partBits] ?? 0;
    mapped[at + 2] = encoded[((br[r] ?? 0) + (bg[g] ?? 0) + (bb[b] ?? 0)) >> partBits] ?? 0;
  }
}

function reduceAlpha(samples: Uint16Array, mapped: Uint8Array): void {
  for (let at = 3; at < samples.length; at += 4) mapped[at] = (samples[at] ?? 0) >> 8;
}

function tablesOf({ transfer, matrix }: ColorMapping, levels: number): Tables {
  const darkest = Math.floor(Math.min(...matrix.map((row) => sumOf(row, Math.min)))) - 1;
  const brightest = Math.ceil(Math.max(...matrix.map((row) => sumOf(row, Math.max)))) + 1;
  const steps = Float64Array.from(
    { length: levels },
    (_, value) => transfer(value / (levels - 1)) * lightSteps,
  );
  const light = matrix.flatMap((row) =>
    row.map((coefficient, column) => {
      // Once a sum: half a step, so that sums are rounded, and the darkest one, so that none is negative.
      const added = column === 0 ? 0.5 - darkest : 0;
      return Int32Array.from(steps, (step) => Math.round((coefficient * step + added) * 2 ** partBits));
    }),
  );
  const encoded = Uint8Array.from({ length: brightest - darkest + 1 }, (_, sum) =>
    Math.round(255 * linearToSrgb(Math.min(1, Math.max(0, (sum + darkest) / lightSteps)))),
  );
  return { light, encoded };
}

/** The steps of a row when all its light of one sign is there, and none of the other. */
function sumOf(row: Row, pick: (coefficient: number, zero: number) => number): number {
  return row.reduce((sum, coefficient) => sum + pick(coefficient, 0), 0) * lightSteps;
}
