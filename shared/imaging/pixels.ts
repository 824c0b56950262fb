// Decoded pixels as the cascade hands them on: raw 8-bit sRGB, and how sharp takes them back.

import sharp, { type OutputInfo, type Sharp } from 'sharp';
import type { Dimensions } from './geometry.ts';

export interface Pixels extends Dimensions {
  readonly data: Buffer;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly channels: 1 | 2 | 3 | 4;
}

export function hasAlpha(pixels: Pixels): boolean {
  return pixels.channels === 2 || pixels.channels === 4;
}

/** A sharp pipeline that starts from these pixels. */
export function fromPixels({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}

/** Runs a pipeline to its end. */
export async function toPixels(pipeline: Sharp): Promise<Pixels> {
  const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: channelsOf(info) };
}

function channelsOf({ channels }: OutputInfo): Pixels['channels'] {
  if (channels === 1 || channels === 2 || channels === 3 || channels === 4) return channels;
  throw new Error(`a decoded picture of ${channels} channels`);
}
