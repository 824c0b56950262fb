// The renditions task: fetches within its bounds, stores every rendition under its key, records them in the table's order.

import { describe, expect, it } from 'vitest';
import { renditionKey, renditionKeys } from '../../../shared/domain/object-keys.ts';
import type { Variant } from '../../../shared/domain/variants.ts';
import type { EncodedRendition, ImagingEngine, RenderedImage } from '../../../shared/imaging/contract.ts';
import { createRenditionsTask, presetRevision } from '../../../shared/processing/renditions-task.ts';
import { createMemoryOriginals, createMemoryRenditions } from '../../support/memory/stores.ts';
import { created } from '../support/worker-world.ts';

const small: Variant = { name: 'small', width: 320, height: 320, fit: 'inside', formats: ['webp', 'jpeg'] };
const large: Variant = { name: 'large', width: 1600, height: 1600, fit: 'inside', formats: ['webp'] };
const variants = [small, large];
const described = {
  placeholder: { thumbHash: '1QcSHQ', dominantColor: '#8a7c66' },
  ...{ perceptualHash: '00ff', sha256: 'ab12' },
};

function rendition(variant: string, format: EncodedRendition['format'], bytes: number): EncodedRendition {
  return {
    ...{ variant, format, contentType: `image/${format}`, width: 1, height: 1, frames: 1 },
    body: new Uint8Array(bytes),
  };
}

const rendered: RenderedImage = {
  renditions: [rendition('small', 'webp', 1), rendition('small', 'jpeg', 2), rendition('large', 'webp', 3)],
  ...described,
};

function engineOf(render: ImagingEngine['render']): ImagingEngine {
  return { render, close: async () => {} };
}

async function world(render: ImagingEngine['render'] = async () => rendered) {
  const originals = createMemoryOriginals('originals');
  const renditions = createMemoryRenditions();
  const event = created({ bytes: 10 });
  const eTag = await originals.put(event.key, Buffer.from('0123456789'));
  const task = createRenditionsTask({
    originals,
    uploads: originals,
    renditions,
    engine: engineOf(render),
    variants,
  });
  return { originals, renditions, task, event: { ...event, eTag } };
}

describe('the renditions task', () => {
  it('times its steps under their names, one after the other', async () => {
    const { task, event } = await world();
    const steps: string[] = [];
    const circumstances = { ownerId: 'own-1', endsAt: Number.MAX_SAFE_INTEGER };

    await task.perform(
      event,
      () => {},
      circumstances,
      (step, work) => {
        steps.push(step);
        return work();
      },
    );

    expect(steps).toEqual(['fetch', 'develop', 'store']);
  });

  it('stores each rendition under its key, and records them in the order of the table', async () => {
    const { task, event, renditions } = await world();

    const result = await task.perform(event, () => {});

    const keyOf = (variant: Variant, format: EncodedRendition['format']) =>
      renditionKey(event.imageId, event.sequencer, variant, format);
    const recorded = result.renditions?.map(({ variant, format, bytes, key }) => [
      variant,
      format,
      bytes,
      key,
    ]);
    expect(recorded).toEqual([
      ['small', 'webp', 1, keyOf(small, 'webp')],
      ['small', 'jpeg', 2, keyOf(small, 'jpeg')],
      ['large', 'webp', 3, keyOf(large, 'webp')],
    ]);
    expect(renditions.objects.get(keyOf(small, 'jpeg'))).toEqual(rendition('small', 'jpeg', 2));
    expect(renditions.objects.size).toBe(3);
    expect(result.renditions?.[0]).not.toHaveProperty('body');
  });

  it('records what else the decode has told', async () => {
    const { task, event } = await world();

    expect(await task.perform(event, () => {})).toMatchObject(described);
  });

  it('gives the engine the bytes of the original and every variant, and measures them', async () => {
    const orders: unknown[] = [];
    const measured: unknown[] = [];
    const { task, event } = await world(async (original, ordered) => {
      orders.push([Buffer.from(original).toString(), ordered]);
      return rendered;
    });

    await task.perform(event, (...measure) => measured.push(measure));

    expect(orders).toEqual([['0123456789', variants]]);
    expect(measured).toEqual([['OriginalBytesRead', 10]]);
  });

  it.each([
    ['by when it must have ended', { endsAt: 1234 }],
    ['whose the original is', { ownerId: 'ann' }],
    ['nothing where nothing is known', undefined],
  ])('tells the engine %s', async (_what, circumstances) => {
    const orders: unknown[] = [];
    const { task, event } = await world(async (_original, _variants, order) => {
      orders.push(order);
      return rendered;
    });

    await task.perform(event, () => {}, circumstances);

    expect(orders).toStrictEqual([circumstances]);
  });

  it('fails, and stores nothing, when the engine renders what nobody asked for', async () => {
    const stray = { ...described, renditions: [rendition('huge', 'webp', 1)] };
    const { task, event, renditions } = await world(async () => stray);

    await expect(task.perform(event, () => {})).rejects.toThrow('nobody asked for: huge');
    expect(renditions.objects.size).toBe(0);
  });

  it('is done only when everything is stored', async () => {
    const { event, originals } = await world();
    const renditions = { put: () => Promise.reject(new Error('S3 is away')), delete: async () => {} };
    const task = createRenditionsTask({
      originals,
      uploads: originals,
      renditions,
      engine: engineOf(async () => rendered),
      variants,
    });

    await expect(task.perform(event, () => {})).rejects.toThrow('S3 is away');
  });

  it('deletes what a unit may have stored, or what it is told to', async () => {
    const { task, event, renditions, originals } = await world();
    const stray = 'renditions/stray';
    await task.perform(event, () => {});
    await renditions.put(stray, rendition('small', 'webp', 1));

    await task.objects?.discard(event);
    expect([...renditions.objects.keys()]).toEqual([stray]);
    await task.objects?.delete([stray]);
    await task.objects?.deleteOriginal(event.imageId);

    expect(renditions.objects.size).toBe(0);
    expect(await originals.find(event.imageId)).toBeUndefined();
    expect(renditionKeys(event.imageId, event.sequencer, variants)).toHaveLength(3);
  });

  it.each([
    [20, 2],
    [19, 1],
    [undefined, 3],
  ])('holds at most so many bytes of originals: with %s, %i of three', async (maxHeldBytes, atOnce) => {
    const { originals, renditions, event } = await world();
    let [running, most] = [0, 0];
    const engine = engineOf(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return rendered;
    });
    const task = createRenditionsTask({
      ...{ originals, uploads: originals, renditions, engine, variants },
      ...(maxHeldBytes !== undefined && { maxHeldBytes }),
    });

    await Promise.all([event, event, event].map((each) => task.perform(each, () => {})));

    expect(most).toBe(atOnce);
  });
});

describe('the revision of the renditions task', () => {
  it('is that of its variants', async () => {
    const { task } = await world();

    expect(task).toMatchObject({ task: 'renditions', revision: presetRevision(variants) });
    expect(task.revision).toMatch(/^[0-9a-f]{10}$/);
  });

  it.each<[string, readonly Variant[]]>([
    ['name', [{ ...small, name: 'tiny' }, large]],
    ['box', [{ ...small, width: 321 }, large]],
    ['fit', [{ ...small, fit: 'cover' }, large]],
    ['formats', [{ ...small, formats: ['webp'] }, large]],
    ['number', [small]],
  ])('changes with the %s of its variants', (_what, changed) => {
    expect(presetRevision(changed)).not.toBe(presetRevision(variants));
  });

  it('stays the same for the same variants', () => {
    expect(presetRevision(structuredClone(variants))).toBe(presetRevision(variants));
  });
});
