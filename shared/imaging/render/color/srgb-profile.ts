// Tells whether an ICC profile is sRGB under any of its many names, from what it computes.
// Converting from such a profile would cost more than the whole decode and change nothing.

import { createHash } from 'node:crypto';
import { matrixProfileOf } from './matrix-profile.ts';
import { srgbColumns, srgbToLinear } from './srgb.ts';

/** Digests of the profiles that most photos carry: told without parsing. */
const knownDigests: ReadonlySet<string> = new Set([
  // sRGB IEC61966-2.1, Hewlett-Packard 1998, 3144 bytes: cameras, Photoshop, Windows.
  '2b3aa1645779a9e634744faf9b01e9102b0c9b88fd6deced7934df86b949af7e',
]);

const primaryTolerance = 0.0015;
/** Of linear light: under half of one 8-bit step. */
const curveTolerance = 0.0015;
const samples = 64;

/** True when converting from this profile to sRGB changes no 8-bit value by more than rounding. */
export function isSrgbProfile(icc: Buffer): boolean {
  if (knownDigests.has(createHash('sha256').update(icc).digest('hex'))) return true;
  const profile = matrixProfileOf(icc);
  if (profile === undefined) return false;
  const hasPrimaries = srgbColumns.every((expected, index) =>
    expected.every((value, axis) => near(profile.columns[index]?.[axis], value, primaryTolerance)),
  );
  return (
    hasPrimaries &&
    profile.curves.every((curve) =>
      Array.from({ length: samples + 1 }, (_, index) => index / samples).every((encoded) =>
        near(curve(encoded), srgbToLinear(encoded), curveTolerance),
      ),
    )
  );
}

function near(a = Number.NaN, b: number, tolerance: number): boolean {
  return Math.abs(a - b) <= tolerance;
}
