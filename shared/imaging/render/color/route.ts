// How a picture becomes sRGB. The route is chosen from the header and taken after the reduction, where pixels are few.

import sharp, { type OutputInfo, type Sharp } from 'sharp';
import type { InspectedFile } from '../../inspect/inspect.ts';
import { type Pixels, shapeOf, toPixels } from '../pixels.ts';
import { mappingOfCodePoints, mappingOfGamma } from './code-points.ts';
import { type ColorMapping, mapColors } from './mapping.ts';
import { mappingOfProfile } from './matrix-profile.ts';
import { profiledTiff } from './profiled-tiff.ts';
import { isSrgbProfile } from './srgb-profile.ts';

export interface ColorRoute {
  /** A profile that only a color engine can convert from. */
  readonly icc?: Buffer;
  /** What makes other RGB colors sRGB; absent, like `icc`, for sRGB and for what states nothing. */
  readonly mapping?: ColorMapping;
  /** The samples that the profile is for. */
  readonly samples: 'gray' | 'rgb' | 'cmyk';
  /** More than 8 bits a sample, kept until the conversion is done. */
  readonly isDeep: boolean;
}

export function colorRoute(file: InspectedFile): ColorRoute {
  const isDeep = file.color === 'rgb' && (file.bitDepth ?? 8) > 8 && file.format !== 'heic';
  const samples = file.icc === undefined ? undefined : profiledSamples(file.icc, file.color);
  if (file.icc !== undefined && samples !== undefined) {
    if (isSrgbProfile(file.icc)) return { samples, isDeep };
    const mapping = mappingOfProfile(file.icc);
    return { samples, isDeep, ...(mapping === undefined ? { icc: file.icc } : { mapping }) };
  }
  const mapping = file.codePoints === undefined ? gammaOf(file) : mappingOfCodePoints(file.codePoints);
  return { samples: 'rgb', isDeep, ...(mapping !== undefined && { mapping }) };
}

/** Undefined for a profile of another model than the picture's, which can only be ignored. Gray has its place in RGB. */
function profiledSamples(icc: Buffer, color: InspectedFile['color']): ColorRoute['samples'] | undefined {
  const space = icc.toString('latin1', 16, 20);
  if (space === 'GRAY' && color === 'gray') return 'gray';
  if (space === 'RGB ' && (color === 'rgb' || color === 'gray')) return 'rgb';
  return space === 'CMYK' && color === 'cmyk' ? 'cmyk' : undefined;
}

function gammaOf({ gamma }: InspectedFile): ColorMapping | undefined {
  return gamma === undefined ? undefined : mappingOfGamma(gamma);
}

const colorspaces = { gray: 'b-w', rgb: 'srgb', cmyk: 'cmyk' } as const;

/** Runs a pipeline to 8-bit sRGB pixels. */
export async function toSrgb(reduced: Sharp, route: ColorRoute): Promise<Pixels> {
  const { icc, mapping, samples, isDeep } = route;
  if (mapping !== undefined) return isDeep ? mappedDeep(reduced, mapping) : mapped(reduced, mapping);
  if (icc === undefined) return toPixels(reduced.toColorspace('srgb'));
  if (isDeep) return convertedDeep(reduced, icc);
  return converted(reduced.toColorspace(colorspaces[samples]), icc, samples === 'cmyk');
}

async function mapped(reduced: Sharp, mapping: ColorMapping): Promise<Pixels> {
  const { data, ...shape } = await toPixels(reduced.toColorspace('srgb'));
  return { ...shape, data: mapColors(data, shape.channels === 4 ? 4 : 3, mapping) };
}

async function mappedDeep(reduced: Sharp, mapping: ColorMapping): Promise<Pixels> {
  const { samples, shape } = await deepSamples(reduced.toColorspace('rgb16'));
  return { ...shape, data: mapColors(samples, shape.channels === 4 ? 4 : 3, mapping) };
}

async function converted(reduced: Sharp, icc: Buffer, isCmyk: boolean): Promise<Pixels> {
  const { data, info } = await reduced.raw().toBuffer({ resolveWithObject: true });
  const tiff = profiledTiff({ ...info, data, bitDepth: 8, icc, isCmyk });
  const pixels = await toPixels(sharp(tiff).toColorspace('srgb'));
  return { ...pixels, ...frameShape(info) };
}

/** sharp converts 16-bit pictures to Display P3 first; only an explicit output profile takes them on to sRGB. */
async function convertedDeep(reduced: Sharp, icc: Buffer): Promise<Pixels> {
  const { data, info } = await reduced
    .toColorspace('rgb16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const tiff = profiledTiff({ ...info, data, bitDepth: 16, icc, isCmyk: false });
  const { samples, shape } = await deepSamples(sharp(tiff).toColorspace('rgb16').withIccProfile('srgb'));
  return {
    ...shape,
    ...frameShape(info),
    data: Buffer.from(samples.map((sample) => Math.round(sample / 257))),
  };
}

/** A TIFF between two steps knows nothing of frames: they are put back behind it. */
function frameShape(info: OutputInfo): Pick<Pixels, 'height' | 'frames'> {
  const { height, frames } = shapeOf(info);
  return { height, frames };
}

async function deepSamples(pipeline: Sharp) {
  const { data, info } = await pipeline.raw({ depth: 'ushort' }).toBuffer({ resolveWithObject: true });
  return {
    samples: new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2),
    shape: shapeOf(info),
  };
}
