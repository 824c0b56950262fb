// Develops one original within the child: decode once, reduce to every variant, encode, describe.

import type { Variant } from '../variants.ts';
import { outputFormats } from '../variants.ts';
import { cascade } from './cascade.ts';
import type { EncodedRendition, RenderedImage } from './contract.ts';
import { decode } from './decode.ts';
import { defaultBackground, encoders } from './encode.ts';
import { targetOf } from './geometry.ts';
import type { ImagingLimits } from './limits.ts';
import { perceptualHash } from './perceptual-hash.ts';
import { fromPixels, hasAlpha, type Pixels, toPixels } from './pixels.ts';
import { placeholderOf, placeholderSide } from './placeholder.ts';
import type { RgbaPicture } from './rgba.ts';

/** @throws {PermanentFailure} when the file is at fault */
export async function develop(
  original: Uint8Array,
  variants: readonly Variant[],
  limits: ImagingLimits,
): Promise<RenderedImage> {
  const decoded = await decode(original, limits, (displayed) =>
    variants.map((variant) => targetOf(displayed, variant)),
  );
  const plan = variants.map((variant) => ({ variant, target: targetOf(decoded.displayed, variant) }));
  const renditions: EncodedRendition[] = [];
  let smallest = decoded.pixels;
  for (const { variant, target, pixels } of await cascade(decoded.pixels, decoded.scale, plan)) {
    for (const format of variant.formats) {
      renditions.push({
        variant: variant.name,
        format,
        contentType: outputFormats[format].contentType,
        width: target.width,
        height: target.height,
        body: await encode(pixels, format),
      });
    }
    if (variant.fit === 'inside') smallest = pixels;
  }
  const picture = await smallPicture(smallest);
  return { renditions, placeholder: placeholderOf(picture), perceptualHash: perceptualHash(picture) };
}

function encode(pixels: Pixels, format: EncodedRendition['format']): Promise<Uint8Array> {
  const picture = fromPixels(pixels);
  const isFlattened = hasAlpha(pixels) && !outputFormats[format].hasAlpha;
  return encoders[format](
    isFlattened ? picture.flatten({ background: defaultBackground }) : picture,
  ).toBuffer();
}

async function smallPicture(pixels: Pixels): Promise<RgbaPicture> {
  return toPixels(
    fromPixels(pixels)
      .resize(placeholderSide, placeholderSide, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .ensureAlpha(),
  );
}
