// How sharp is used where nobody measured: as tutorials and the READMEs of most thumbnail functions do it.

import sharp, { type Sharp } from 'sharp';
import type { OutputFormat } from '../../../shared/domain/formats.ts';
import type { Variant } from '../../../shared/domain/variants.ts';
import type { Renderer } from './output.ts';

const quality = 80;

/** A pipeline a rendition, each of which decodes the original anew. */
export const tutorial: Renderer = {
  name: 'sharp, tutorial style',
  render: (original, variants) =>
    Promise.all(variants.map((variant) => finish(sharp(original).rotate(), variant))),
};

/** One pipeline, cloned for each rendition: the original is read once and, all the same, decoded for each. */
export const clone: Renderer = {
  name: 'sharp, clone()',
  render(original, variants) {
    const base = sharp(original).rotate();
    return Promise.all(variants.map((variant) => finish(base.clone(), variant)));
  },
};

async function finish(pipeline: Sharp, { name, width, height, fit, formats: [format = 'jpeg'] }: Variant) {
  const resized = pipeline.resize({ width, height, fit, withoutEnlargement: true });
  const encode = encoders[format];
  if (encode === undefined) throw new Error(`tutorials encode no ${format}`);
  return { variant: name, body: await encode(resized).toBuffer() };
}

/** sharp's own settings but for the quality, which is everybody's here. */
const encoders: Readonly<Partial<Record<OutputFormat, (picture: Sharp) => Sharp>>> = {
  jpeg: (picture) => picture.jpeg({ quality }),
  webp: (picture) => picture.webp({ quality }),
  avif: (picture) => picture.avif(),
  // Lossless whatever the effort.
  png: (picture) => picture.png({ compressionLevel: 1 }),
};
