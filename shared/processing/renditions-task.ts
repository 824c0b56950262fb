// The renditions task: one original in, every rendition of every variant stored, with placeholder and hash recorded.

import { createHash } from 'node:crypto';
import { encodingOf } from '../domain/formats.ts';
import { renditionKey } from '../domain/object-keys.ts';
import type { StoredRendition } from '../domain/stored-rendition.ts';
import type { Variant } from '../domain/variants.ts';
import type { EncodedRendition, ImagingEngine } from '../imaging/contract.ts';
import { HeldBytes } from './held-bytes.ts';
import { untimed } from './journal.ts';
import type { OriginalStore, RenditionCaches, RenditionStore, UploadedOriginals } from './ports.ts';
import { createRenditionObjects } from './rendition-objects.ts';
import type { TaskDefinition } from './task-definition.ts';

export interface RenditionsDependencies {
  readonly originals: Pick<OriginalStore, 'fetch'>;
  readonly uploads: UploadedOriginals;
  readonly renditions: RenditionStore;
  readonly caches?: RenditionCaches;
  readonly engine: ImagingEngine;
  readonly variants: readonly Variant[];
  /** Bytes of originals held at a time, fetched and not yet developed. Default: as many as there are tasks. */
  readonly maxHeldBytes?: number;
}

export function createRenditionsTask({
  originals,
  uploads,
  renditions,
  caches,
  engine,
  variants,
  maxHeldBytes = Number.POSITIVE_INFINITY,
}: RenditionsDependencies): TaskDefinition {
  const held = new HeldBytes(maxHeldBytes);

  return {
    task: 'renditions',
    revision: presetRevision(variants),

    async perform(event, measure, circumstances, time = untimed) {
      const { imageId, sequencer } = event;
      const { renditions: encoded, ...described } = await held.hold(event.bytes, async () => {
        const original = await time('fetch', () => originals.fetch(event));
        measure('OriginalBytesRead', original.byteLength);
        return time('develop', () => engine.render(original, variants, circumstances));
      });
      const storing = async (rendition: EncodedRendition) => {
        const key = renditionKey(imageId, sequencer, variantOf(rendition, variants), rendition.format);
        await renditions.put(key, rendition);
        return describe(rendition, key);
      };
      const stored = await time('store', () => Promise.all(encoded.map(storing)));
      return { renditions: stored, ...described };
    },

    objects: createRenditionObjects(renditions, uploads, variants, caches),
  };
}

/** Changes with the variants and with how their formats are encoded, and with nothing else: a unit of another revision is stale. */
export function presetRevision(variants: readonly Variant[]): string {
  const identity = variants.map((variant) => [variant, variant.formats.map(encodingOf)]);
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 10);
}

function variantOf({ variant: name }: EncodedRendition, variants: readonly Variant[]): Variant {
  const variant = variants.find((candidate) => candidate.name === name);
  if (variant === undefined) throw new Error(`The engine rendered a variant that nobody asked for: ${name}`);
  return variant;
}

function describe({ body, ...rendition }: EncodedRendition, key: string): StoredRendition {
  return { ...rendition, bytes: body.byteLength, key };
}
