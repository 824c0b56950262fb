// Tells whether an ICC profile is sRGB under any of its many names, from what it computes (ICC.1:2022, clauses 8 to 10).
// Converting from such a profile would cost more than the whole decode and change nothing.

import { createHash } from 'node:crypto';

/** Digests of the profiles that most photos carry: told without parsing. */
const knownDigests: ReadonlySet<string> = new Set([
  // sRGB IEC61966-2.1, Hewlett-Packard 1998, 3144 bytes: cameras, Photoshop, Windows.
  '2b3aa1645779a9e634744faf9b01e9102b0c9b88fd6deced7934df86b949af7e',
]);

/** Columns of the sRGB matrix, adapted to D50. */
const primaries = {
  rXYZ: [0.4361, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7141],
} as const;

const primaryTolerance = 0.0015;
/** Of linear light: under half of one 8-bit step. */
const curveTolerance = 0.0015;
const curves = ['rTRC', 'gTRC', 'bTRC'] as const;
const samples = 64;

/** True when converting from this profile to sRGB changes no 8-bit value by more than rounding. */
export function isSrgbProfile(icc: Buffer): boolean {
  if (knownDigests.has(createHash('sha256').update(icc).digest('hex'))) return true;
  try {
    return isMatrixSrgb(icc);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function isMatrixSrgb(icc: Buffer): boolean {
  if (icc.toString('latin1', 16, 24) !== 'RGB XYZ ') return false;
  const tags = tagTable(icc);
  // A lookup table takes precedence over matrix and curves, and may do anything.
  if (tags.has('A2B0')) return false;
  const hasPrimaries = Object.entries(primaries).every(([name, expected]) => {
    const tag = tags.get(name);
    return tag !== undefined && expected.every((value, axis) => near(fixed(tag, 8 + 4 * axis), value));
  });
  return hasPrimaries && curves.every((name) => isSrgbCurve(tags.get(name)));
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= primaryTolerance;
}

function isSrgbCurve(tag: Buffer | undefined): boolean {
  if (tag === undefined) return false;
  return Array.from({ length: samples + 1 }, (_, index) => index / samples).every(
    (encoded) => Math.abs(evaluate(tag, encoded) - srgbToLinear(encoded)) <= curveTolerance,
  );
}

/** The value of a `curv` or `para` tag at 0 to 1. @throws {RangeError} on kinds that no sRGB profile uses */
function evaluate(tag: Buffer, encoded: number): number {
  const kind = tag.toString('latin1', 0, 4);
  if (kind === 'curv' && tag.readUInt32BE(8) > 1) {
    const last = tag.readUInt32BE(8) - 1;
    const below = Math.min(last - 1, Math.floor(encoded * last));
    const low = tag.readUInt16BE(12 + 2 * below);
    const high = tag.readUInt16BE(14 + 2 * below);
    return (low + (high - low) * (encoded * last - below)) / 65535;
  }
  if (kind === 'para' && tag.readUInt16BE(8) === 3) {
    const [gamma = 0, a = 0, b = 0, c = 0, d = 0] = [12, 16, 20, 24, 28].map((at) => fixed(tag, at));
    return encoded >= d ? (a * encoded + b) ** gamma : c * encoded;
  }
  throw new RangeError('a curve of another kind');
}

export function srgbToLinear(encoded: number): number {
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
}

export function linearToSrgb(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
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

/** s15Fixed16Number. */
function fixed(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) / 65536;
}
