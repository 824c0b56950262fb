// HEIC decoding by libheif compiled to WebAssembly: loaded with the first HEIC, never before.
// libheif-js is LGPL-3.0: it stays a module of its own in node_modules, so that anyone may replace it.

import { PermanentFailure } from '../../domain/errors.ts';
import type { Pixels } from './pixels.ts';

/** Upright RGBA: libheif applies the file's own cropping, rotation and mirroring. @throws {PermanentFailure} */
export async function decodeHeic(original: Uint8Array): Promise<Pixels> {
  const { default: libheif } = await import('libheif-js/wasm-bundle.js');
  const decoder = new libheif.HeifDecoder();
  const images = decoder.decode(original);
  const primary = images.find((image) => image.is_primary()) ?? images[0];
  if (primary === undefined)
    throw new PermanentFailure('corrupt-image', 'a HEIC file without a readable picture');
  try {
    const [width, height] = [primary.get_width(), primary.get_height()];
    const data = Buffer.alloc(width * height * 4);
    await new Promise<void>((resolve, reject) => {
      primary.display(
        { data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length), width, height },
        (displayed) => {
          if (displayed === null)
            reject(new PermanentFailure('corrupt-image', 'a HEIC picture that cannot be decoded'));
          else resolve();
        },
      );
    });
    return { data, width, height, channels: 4, frames: 1 };
  } finally {
    for (const image of images) image.free();
  }
}
