// What was measured of an image, read out of the committed benchmarks: docs/benchmarks/*.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'benchmarks');

interface Pipeline {
  readonly photos: { readonly meanMegabytes: number };
  /** CPU of both packaged workers, of one image. */
  readonly sustained: { readonly functionsCpuMs: number };
  /** CPU of the renditions job alone, S3 in memory. */
  readonly bareCpuMs: readonly number[];
}
interface Metadata {
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly cpu: { readonly median: number };
}
interface Render {
  readonly encoded: Readonly<
    Record<'jpeg' | 'webp', { readonly Darkroom: { readonly bytesPerPhoto: number } }>
  >;
  /** CPU milliseconds: a round of photos, several rounds. */
  readonly samples: { readonly webp: { readonly Darkroom: readonly (readonly number[])[] } };
}
interface Batch {
  /** S3 answered each call after so long, at least and at most. */
  readonly latencyMs: readonly [number, number];
}

const suite = <Data>(name: string): Data =>
  (JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as { data: Data }).data;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export interface Measured {
  /** CPU of the renditions job, of a photo of so many megapixels. */
  renderCpuMs(megapixels: number): number;
  readonly metadataCpuMs: number;
  /** CPU of one call to AWS, SDK and all. */
  readonly callCpuMs: number;
  /** What a call to S3 or SNS is waited for. */
  readonly callWaitMs: number;
  readonly bytesPerMegapixel: number;
  /** Of all renditions of one image. */
  readonly renditionBytes: number;
}

/**
 * @param callsOfWorkers of one image, over which the CPU is spread that the workers take beside their jobs
 * @param renditionArea of the JPEG renditions, as a share of the area of four in each of the variants' boxes
 */
export function readMeasured(callsOfWorkers: number, renditionArea: number): Measured {
  const pipeline = suite<Pipeline>('pipeline');
  const metadata = suite<Metadata>('metadata');
  const render = suite<Render>('render');
  const batch = suite<Batch>('batch');
  const megapixels = metadata.files.map(({ name }) => Number(/(\d+)mp/.exec(name)?.[1]));
  const photos = megapixels.map((_, index) =>
    mean(render.samples.webp.Darkroom.map((round) => round[index] ?? 0)),
  );
  const { slope, intercept } = line(megapixels, photos);
  const bareCpuMs = mean(pipeline.bareCpuMs);
  /** The variants' renditions are more work than the four that `render` measures, by this factor. */
  const factor = bareCpuMs / mean(photos);
  return {
    renderCpuMs: (size) => factor * (intercept + slope * size),
    metadataCpuMs: metadata.cpu.median,
    callCpuMs: (pipeline.sustained.functionsCpuMs - bareCpuMs - metadata.cpu.median) / callsOfWorkers,
    callWaitMs: mean(batch.latencyMs),
    bytesPerMegapixel:
      metadata.files.reduce((sum, { bytes }) => sum + bytes, 0) / (mean(megapixels) * megapixels.length),
    renditionBytes:
      render.encoded.webp.Darkroom.bytesPerPhoto + render.encoded.jpeg.Darkroom.bytesPerPhoto * renditionArea,
  };
}

/** The line of least squares. */
function line(xs: readonly number[], ys: readonly number[]): { slope: number; intercept: number } {
  const [x, y] = [mean(xs), mean(ys)];
  const covariance = mean(xs.map((value, index) => (value - x) * ((ys[index] ?? 0) - y)));
  const slope = covariance / mean(xs.map((value) => (value - x) ** 2));
  return { slope, intercept: y - slope * x };
}
