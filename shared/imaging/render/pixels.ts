// Decoded pixels as the cascade hands them on: raw 8-bit sRGB, and how sharp takes them back.

import sharp, { type OutputInfo, type Sharp } from 'sharp';
import type { Dimensions } from '../inspect/geometry.ts';

/** `width` and `height` are one frame's; the frames of an animation lie one below the other. */
export interface Pixels extends Dimensions {
  readonly data: Buffer;
  readonly frames: number;
  /** 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha. */
  readonly channels: 1 | 2 | 3 | 4;
}

export function hasAlpha(pixels: Pixels): boolean {
  return pixels.channels === 2 || pixels.channels === 4;
}

/** A sharp pipeline that starts from these pixels; of an animation, one that knows its frames. */
export function fromPixels({ data, width, height, channels, frames }: Pixels): Sharp {
  if (frames === 1) return sharp(data, { raw: { width, height, channels } });
  return sharp(data, {
    raw: { width, height: height * frames, channels, pageHeight: height },
    animated: true,
  });
}

/** Runs a pipeline to its end. */
export async function toPixels(pipeline: Sharp): Promise<Pixels> {
  const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
  return { data, ...shapeOf(info) };
}

/**
 * Gives the memory of pictures back at once, and leaves them empty: V8 lets up to 64 MB of such memory lie before it
 * collects. Memory that is shared with something else is left to it.
 */
export function release(pictures: Iterable<Pixels>): void {
  for (const { data } of pictures) {
    const { buffer } = data;
    const isWhole = data.byteLength > 0 && data.byteLength === buffer.byteLength;
    if (isWhole && buffer instanceof ArrayBuffer) buffer.transfer(0);
  }
}

/** Dimensions, channels and frames of raw output. */
export function shapeOf(info: OutputInfo): Omit<Pixels, 'data'> {
  const { channels, width } = info;
  if (channels !== 1 && channels !== 2 && channels !== 3 && channels !== 4) {
    throw new Error(`a decoded picture of ${channels} channels`);
  }
  const height = info.pageHeight ?? info.height;
  return { width, height, channels, frames: Math.round(info.height / height) };
}

/** The first frame of an animation; a still picture is its own. */
export function firstFrame(pixels: Pixels): Pixels {
  return pixels.frames === 1 ? pixels : (framesOf(pixels).next().value ?? pixels);
}

/** Each frame as a still picture, sharing the animation's memory. */
export function* framesOf({ data, width, height, channels, frames }: Pixels): Generator<Pixels, undefined> {
  const frameBytes = width * height * channels;
  for (let index = 0; index < frames; index += 1) {
    const frame = data.subarray(index * frameBytes, (index + 1) * frameBytes);
    yield { data: frame, width, height, channels, frames: 1 };
  }
}

/** Still pictures of one shape as an animation. */
export function joinFrames(first: Pixels, others: readonly Pixels[]): Pixels {
  const all = [first, ...others];
  return { ...first, data: Buffer.concat(all.map(({ data }) => data)), frames: all.length };
}
