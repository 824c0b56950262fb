// Runs one file through the metadata reader and the imaging engine, as the two workers would.

import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { asFailure } from '../../shared/domain/errors.ts';
import { outputFormats } from '../../shared/domain/formats.ts';
import type { ImageMetadata, Placeholder } from '../../shared/domain/metadata.ts';
import { variants } from '../../shared/domain/variants.ts';
import type { EncodedRendition, ImagingEngine, RenderedImage } from '../../shared/imaging/contract.ts';
import { bufferSource } from '../../shared/imaging/inspect/byte-source.ts';
import { readMetadata } from '../../shared/imaging/metadata/read-metadata.ts';

interface RenditionFacts extends Omit<EncodedRendition, 'body'> {
  readonly bytes: number;
  /** Where it was written, when it was. */
  readonly file?: string;
}

/** What is printed of one file. */
export interface Facts {
  readonly path: string;
  readonly bytes: number;
  readonly outcome: 'ready' | 'rejected' | 'failed';
  readonly failure?: { readonly code: string; readonly message: string };
  readonly milliseconds: number;
  readonly sha256?: string;
  readonly metadata?: ImageMetadata;
  readonly placeholder?: Placeholder;
  readonly perceptualHash?: string;
  readonly renditions: readonly RenditionFacts[];
}

export interface Examination {
  readonly facts: Facts;
  readonly image?: RenderedImage;
}

/** @param out folder to write the renditions to */
export async function examine(engine: ImagingEngine, path: string, out?: string): Promise<Examination> {
  const original = await readFile(path);
  const start = performance.now();
  const elapsed = () => Math.round(performance.now() - start);
  try {
    const metadata = await readMetadata(bufferSource(original));
    const image = await engine.render(original, variants);
    const milliseconds = elapsed();
    const renditions = await Promise.all(image.renditions.map((rendition) => keep(rendition, path, out)));
    const { sha256, placeholder, perceptualHash } = image;
    const known = { metadata, sha256, placeholder, perceptualHash, renditions };
    return { facts: { path, bytes: original.length, outcome: 'ready', milliseconds, ...known }, image };
  } catch (error) {
    const { code, message, retryable } = asFailure(error);
    const outcome = retryable ? 'failed' : 'rejected';
    const failure = { code, message };
    return {
      facts: { path, bytes: original.length, outcome, failure, milliseconds: elapsed(), renditions: [] },
    };
  }
}

async function keep(rendition: EncodedRendition, path: string, out?: string): Promise<RenditionFacts> {
  const { body, ...facts } = rendition;
  if (out === undefined) return { ...facts, bytes: body.length };
  const file = `${basename(path)}.${rendition.variant}.${outputFormats[rendition.format].extension}`;
  await writeFile(join(out, file), body);
  return { ...facts, bytes: body.length, file };
}
