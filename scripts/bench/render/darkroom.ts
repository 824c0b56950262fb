// The renditions task of the worker, whole: only S3 is replaced, by memory, behind the two ports it is reached through.

import type { OriginalCreated } from '../../../shared/domain/events/s3-event.ts';
import type { RenditionStore } from '../../../shared/processing/ports.ts';
import { createRenditionsTask } from '../../../shared/processing/renditions-task.ts';
import { createDeployedEngine } from '../deployed-engine.ts';
import type { Output, Renderer } from './output.ts';

/**
 * Renders in the engine's disposable process, as in Lambda.
 * @param concurrency originals rendered at once
 */
export async function createDarkroom(concurrency = 1): Promise<Renderer> {
  const engine = await createDeployedEngine({ concurrency });
  return {
    name: 'Darkroom',
    async render(original, variants) {
      const stored = new Map<string, Uint8Array>();
      const renditions: RenditionStore = {
        put: async (key, { body }) => {
          stored.set(key, body);
        },
        delete: async () => {},
      };
      const originals = { fetch: async () => original };
      const uploads = { delete: async () => {}, deleteUnissued: async () => {} };
      const task = createRenditionsTask({ originals, uploads, renditions, engine, variants });
      const result = await task.perform(eventOf(original), () => {});
      return (result.renditions ?? []).map(
        ({ variant, key }): Output => ({ variant, body: stored.get(key) ?? new Uint8Array() }),
      );
    },
    close: () => engine.close(),
  };
}

function eventOf(original: Buffer): OriginalCreated {
  const place = { bucket: 'originals', key: 'originals/photo', imageId: 'photo' };
  return { kind: 'created', ...place, eTag: 'etag', bytes: original.length, sequencer: '1'.padEnd(64, '0') };
}
