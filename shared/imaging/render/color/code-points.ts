// Colors that a file states by code points or a gamma instead of a profile (ITU-T H.273, PNG cICP and gAMA).

import type { CodePoints } from '../../inspect/inspection.ts';
import type { ColorMapping, Matrix, Transfer } from './mapping.ts';
import { srgbToLinear } from './srgb.ts';

const identity: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** BT.709's own primaries (1), unspecified (2), and the 601 ones (5, 6), too near to tell apart, are taken as sRGB's. */
const matrices: Readonly<Record<number, Matrix>> = {
  9: [
    [1.660491, -0.587641, -0.07285],
    [-0.12455, 1.1329, -0.008349],
    [-0.018151, -0.100579, 1.11873],
  ],
  12: [
    [1.22494, -0.22494, 0],
    [-0.042057, 1.042057, 0],
    [-0.019638, -0.078636, 1.098274],
  ],
};

/** Other transfers (709, 601, 2020, sRGB, unspecified) are taken as sRGB's, as browsers do for still pictures. */
const transfers: Readonly<Record<number, Transfer>> = {
  4: (encoded) => encoded ** 2.2,
  5: (encoded) => encoded ** 2.8,
  8: (encoded) => encoded,
  16: (encoded) => toneMapped(perceptualQuantizer(encoded) / diffuseWhiteNits),
  18: (encoded) => toneMapped((hybridLogGamma(encoded) * 1000) / diffuseWhiteNits),
};

/** The white of a page in an HDR picture (ITU-R BT.2408). */
const diffuseWhiteNits = 203;
/** Brighter than this is drawn as white. */
const peak = 1000 / diffuseWhiteNits;
/** Linear light up to here is left alone; what is brighter is compressed into the rest. */
const knee = 0.6;

/** Undefined where the code points mean sRGB, or nothing that is told apart from it. */
export function mappingOfCodePoints({ primaries, transfer }: CodePoints): ColorMapping | undefined {
  const matrix = matrices[primaries];
  const curve = transfers[transfer];
  if (matrix === undefined && curve === undefined) return undefined;
  return { matrix: matrix ?? identity, transfer: curve ?? srgbToLinear };
}

/** @param gamma of a PNG gAMA chunk: the encoding exponent times 100,000. Undefined near sRGB's own 45,455. */
export function mappingOfGamma(gamma: number): ColorMapping | undefined {
  if (gamma < 10_000 || Math.abs(gamma - 45_455) < 2_500) return undefined;
  const exponent = 100_000 / gamma;
  return { matrix: identity, transfer: (encoded) => encoded ** exponent };
}

/** SMPTE ST 2084, in nits. */
function perceptualQuantizer(encoded: number): number {
  const power = encoded ** (1 / 78.84375);
  return 10_000 * (Math.max(0, power - 0.8359375) / (18.8515625 - 18.6875 * power)) ** (1 / 0.1593017578125);
}

/** ARIB STD-B67, 0 to 1 of the display's peak, with the system gamma of 1.2. */
function hybridLogGamma(encoded: number): number {
  const scene =
    encoded <= 0.5 ? encoded ** 2 / 3 : (Math.exp((encoded - 0.55991073) / 0.17883277) + 0.28466892) / 12;
  return scene ** 1.2;
}

/** Straight up to the knee, then a curve of the same slope that reaches white at the peak. */
function toneMapped(light: number): number {
  if (light <= knee) return light;
  if (light >= peak) return 1;
  const room = 1 - knee;
  const over = (light - knee) / room;
  const most = (peak - knee) / room;
  return knee + room * ((over * (1 + over / (most * most))) / (1 + over));
}
