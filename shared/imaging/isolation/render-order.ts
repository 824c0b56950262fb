// The parent's side of rendering one original: what is ordered, and what may come back. What a rendition is follows from
// the order; the process can only supply its bytes.

import * as z from 'zod/mini';
import { type OutputFormat, outputFormat } from '../../domain/formats.ts';
import type { Variant } from '../../domain/variants.ts';
import type { EncodedRendition, RenderedImage } from '../contract.ts';
import { type Dimensions, targetOf } from '../inspect/geometry.ts';
import type { ImagingLimits } from '../inspect/limits.ts';
import type { Order } from './order.ts';
import type { RenderOrder } from './protocol.ts';
import { count, failedReport, failureOf, parsed, ReportError, rejectedReport } from './reports.ts';
import { hasSignature } from './signatures.ts';

/** What the process makes of an original; the rest of a {@link RenderedImage} is known without it. */
export type Rendering = Omit<RenderedImage, 'sha256'>;

const dimensions = z.strictObject({ width: count, height: count });

const renderedReport = z.strictObject({
  kind: z.literal('rendered'),
  displayed: dimensions,
  frames: count,
  renditions: z.array(dimensions),
  placeholder: z.strictObject({
    thumbHash: z.string().check(z.regex(/^[A-Za-z0-9+/]{6,40}={0,2}$/)),
    dominantColor: z.string().check(z.regex(/^#[0-9a-f]{6}$/)),
  }),
  perceptualHash: z.string().check(z.regex(/^[0-9a-f]{16}$/)),
});

const report = z.discriminatedUnion('kind', [renderedReport, rejectedReport, failedReport]);
type RenderedReport = z.infer<typeof renderedReport>;

/** Numbers, a hash and a name or two for each rendition. */
const headBytes = 16_384;
/** Of noise with transparency, the worst there is, 2.2 are WebP's and 4.01 PNG's. */
const maxBytesAPixel = 4.5;
/** What a file has beside its pixels. */
const maxBytesBesidePixels = 65_536;
/** All bodies of one original, which this process holds until they are stored. */
const maxBytesTogether = 256_000_000;

interface OrderedRendition {
  readonly variant: Variant;
  readonly format: OutputFormat;
}

export function renderOrder(
  original: Uint8Array,
  variants: readonly Variant[],
  limits: ImagingLimits,
): Order<Rendering> {
  const ordered = variants.flatMap((variant) => variant.formats.map((format) => ({ variant, format })));
  const expectedBytes = ordered.reduce(
    (sum, { variant, format }) =>
      sum + maxBodyBytes(variant, outputFormat(format).isAnimated ? limits : undefined),
    0,
  );
  return {
    answers: {
      maxHeadBytes: headBytes,
      maxBlocks: ordered.length,
      maxBlockBytes: Math.min(expectedBytes, maxBytesTogether),
    },
    async converse({ ask, handOver }) {
      handOver(original);
      const order: RenderOrder = { byteLength: original.byteLength, variants, limits };
      const { head, blocks } = await ask(order);
      const said = parsed(report, head);
      if (said.kind !== 'rendered') return failureOf(said);
      requireFrames(said.frames, limits);
      if (blocks.length !== ordered.length || said.renditions.length !== ordered.length)
        throw new ReportError(`${blocks.length} renditions instead of ${ordered.length}`);
      const { placeholder, perceptualHash } = said;
      const renditions = ordered.map((one, index) => renditionOf(one, said, index, blocks[index]));
      return { renditions, placeholder, perceptualHash };
    },
  };
}

/** @param animation the limits of animations, for a format that has them */
function maxBodyBytes({ width, height }: Dimensions, animation: ImagingLimits | undefined): number {
  const frames = animation?.maxAnimationFrames ?? 1;
  const pixels = width * height * frames;
  const most = animation ? Math.max(width * height, Math.min(pixels, animation.maxAnimationPixels)) : pixels;
  return most * maxBytesAPixel + frames * maxBytesBesidePixels;
}

function requireFrames(frames: number, { maxAnimationFrames }: ImagingLimits): void {
  if (frames > Math.max(1, maxAnimationFrames)) throw new ReportError(`an animation of ${frames} frames`);
}

/** @throws {ReportError} unless it is exactly what this variant makes of an original of the reported dimensions */
function renditionOf(
  { variant, format }: OrderedRendition,
  { displayed, frames, renditions }: RenderedReport,
  index: number,
  body: Buffer | undefined,
): EncodedRendition {
  const { width, height } = targetOf(displayed, variant);
  const said = renditions[index];
  if (said?.width !== width || said.height !== height)
    throw new ReportError(
      `${variant.name} of ${said?.width} x ${said?.height} instead of ${width} x ${height}`,
    );
  if (body === undefined || !hasSignature(body, format))
    throw new ReportError(`a body of ${variant.name} that is no ${format}`);
  const { contentType, isAnimated } = outputFormat(format);
  return { variant: variant.name, format, contentType, width, height, frames: isAnimated ? frames : 1, body };
}
