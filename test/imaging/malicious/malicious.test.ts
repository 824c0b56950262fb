// Workers whose imaging process is in an attacker's hands: they never end, and believe nothing but what was ordered.
// What exactly is believed, test/unit/isolation/ tests without any process.

import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { variants as allVariants, type Variant } from '../../../shared/domain/variants.ts';
import { createImagingEngine } from '../../../shared/imaging/engine.ts';
import { bufferSource } from '../../../shared/imaging/inspect/byte-source.ts';
import { createMetadataEngine } from '../../../shared/imaging/metadata-engine.ts';
import { createRenditionsTask } from '../../../shared/processing/renditions-task.ts';
import { honestImage, honestReport } from '../../unit/isolation/reports.ts';
import { childIds } from '../children.ts';
import { handleBatch } from '../metadata-batch.ts';
import { type Action, halfFrame, noise, say, script } from './actions.ts';

const variants: readonly Variant[] = allVariants;
const { head, blocks } = honestReport(variants);
const honest = say(head, blocks);
const metadata = {
  ...{ format: 'gif', width: 3, height: 2, storedWidth: 3, storedHeight: 2 },
  ...{ orientation: 1, hasAlpha: false, frames: 1 },
};
const honestMetadata = say({ kind: 'metadata', metadata });

const options = { childEntry: new URL('./child.ts', import.meta.url), deadlineMs: 1_500 };
const engine = createImagingEngine(options);
const metadataEngine = createMetadataEngine(options);
afterAll(() => Promise.all([engine.close(), metadataEngine.close()]));

const engines = {
  renditions: {
    honest,
    result: { ...honestImage(variants), sha256: expect.any(String) as unknown },
    forged: say({ ...head, ownerId: 'somebody' }, blocks),
    run: (actions: readonly Action[]): Promise<unknown> => engine.render(script(...actions), variants),
  },
  metadata: {
    honest: honestMetadata,
    result: metadata as unknown,
    forged: say({ kind: 'metadata', metadata: { ...metadata, ownerId: 'somebody' } }),
    run: (actions: readonly Action[]): Promise<unknown> =>
      metadataEngine.readMetadata(bufferSource(script(...actions))),
  },
};

const event = {
  kind: 'created',
  imageId: 'i',
  bucket: 'b',
  key: 'k',
  eTag: 'e',
  sequencer: '0',
  bytes: 1,
} as const;
const notBelieved = { name: 'TransientFailure', code: 'internal' };
const dead = { name: 'PermanentFailure', code: 'corrupt-image' };

const tooLate = { name: 'PermanentFailure', code: 'too-expensive' };

/** Waits until one of these processes is no more. */
const oneGone = (ids: readonly number[]) =>
  vi.waitFor(() => expect(ids.every((id) => childIds().includes(id))).toBe(false), 3_000);

describe.each(Object.entries(engines))('the imaging process of the %s worker', (_, { run, ...its }) => {
  it('is believed when it says what was ordered', async () => {
    await expect(run([its.honest])).resolves.toEqual(its.result);
  });

  it.each<[string, Action[], object]>([
    ['forges its report', [its.forged], notBelieved],
    ['makes noise', [noise], notBelieved],
    ['complains without end', [{ complain: 100_000 }], notBelieved],
    ['asks without end', [{ ask: { kind: 'read', offset: 0, length: 1 } }], notBelieved],
    ['ends', [{ do: 'exit' }], dead],
    ['ends in the middle of a frame', [halfFrame, { do: 'exit' }], dead],
    ['closes its channel and lives on', [{ do: 'destroy' }], dead],
    ['ends its channel and lives on', [{ do: 'end' }], dead],
    ['says nothing', [], tooLate],
    ['says half a frame', [halfFrame], tooLate],
    ['spins', [{ do: 'spin' }], tooLate],
  ])('ends when it %s, and the next one is ready', async (__, actions, failure) => {
    const serving = childIds();
    await expect(run(actions)).rejects.toMatchObject(failure);
    await expect(run([its.honest])).resolves.toEqual(its.result);
    await oneGone(serving);
  });

  it.each<[string, Action[]]>([
    ['its report again', [its.honest]],
    ['half a frame', [halfFrame]],
    ['a forged report, later', [{ wait: 100 }, its.forged]],
    ['complaints without end', [{ complain: 100_000 }]],
  ])('ends when it sends %s after its report, which stands', async (__, actions) => {
    await run([its.honest]);
    const serving = childIds();
    await expect(run([its.honest, ...actions])).resolves.toEqual(its.result);
    await oneGone(serving);
    await expect(run([its.honest])).resolves.toEqual(its.result);
  });

  it('acts without consequence, whatever it does', async () => {
    const action = fc.oneof(
      fc.constantFrom<Action>(its.honest, its.forged, halfFrame, noise, { do: 'exit' }, { do: 'end' }),
      fc.jsonValue().map((value) => say(value)),
      fc.uint8Array().map((bytes): Action => ({ bytes: Buffer.from(bytes).toString('base64') })),
    );
    // What says nothing more has ended, so that no run waits for a deadline.
    const actions = fc.array(action, { maxLength: 4 }).map((list): Action[] => [...list, { do: 'exit' }]);
    await fc.assert(
      fc.asyncProperty(actions, async (list) => {
        const result = await run(list).catch((error) => error);
        if (!(result instanceof Error)) expect(result).toEqual(its.result);
        else expect(['TransientFailure', 'PermanentFailure']).toContain(result.name);
      }),
      { numRuns: 8 },
    );
    await expect(run([its.honest])).resolves.toEqual(its.result);
  });
});

it('brings no object into being with a report that is not believed', async () => {
  const put = vi.fn(async () => {});
  const task = createRenditionsTask({
    originals: { fetch: async () => script(engines.renditions.forged) },
    uploads: { delete: async () => {}, deleteUnissued: async () => {} },
    renditions: { put, delete: async () => {} },
    engine,
    variants,
  });
  await expect(task.perform(event, () => {})).rejects.toMatchObject(notBelieved);
  expect(put).not.toHaveBeenCalled();
});

it('leaves nothing of its own in a record', async () => {
  const forged = (change: object) => script(say({ kind: 'metadata', metadata: { ...metadata, ...change } }));
  const forgeries = [
    { ownerId: 'somebody' },
    { original: { bucket: 'theirs', key: 'originals/theirs' } },
    { superseded: ['renditions/somebody'] },
    { format: 'html' },
  ];
  const { returned, records } = await handleBatch(metadataEngine, [
    ...forgeries.map(forged),
    script(honestMetadata),
  ]);
  expect(returned).toBe(forgeries.length);
  expect(records.at(-1)).toMatchObject({ metadata, metadataTask: { state: 'done' } });
  for (const record of records.slice(0, -1)) {
    expect(record).not.toHaveProperty('metadata');
    expect(record).not.toHaveProperty('superseded');
    expect(record).toMatchObject({ ownerId: records.at(-1)?.ownerId, original: { bucket: 'photos' } });
  }
});

describe.runIf(process.platform === 'linux')('an imaging process', () => {
  it('ends when it takes more memory than it may', async () => {
    const lean = createMetadataEngine({ ...options, deadlineMs: 30_000, memoryCeilingMb: 150 });
    const filling = Array.from({ length: 20 }, (): Action[] => [{ fill: 20 }, { wait: 20 }]).flat();
    await expect(lean.readMetadata(bufferSource(script(...filling, { do: 'spin' })))).rejects.toMatchObject({
      code: 'too-expensive',
      message: 'needs more than 150 MB',
    });
    await lean.close();
  });

  it('ends with all that it has started', async () => {
    // Node's own rules would not let it start anything.
    const childEnvironment = { NODE_OPTIONS: '--allow-child-process' };
    const lax = createMetadataEngine({ ...options, deadlineMs: 30_000, childEnvironment });
    const original = bufferSource(script({ do: 'spawn' }, { wait: 200 }, { do: 'exit' }));
    const { cause } = (await lax.readMetadata(original).catch((error) => error)) as Error;
    const [, id = 0] = /started (\d+)/.exec(((cause as Error).cause as Error).message) ?? [];
    expect(Number(id)).toBeGreaterThan(0);
    await vi.waitFor(() => expect(() => process.kill(Number(id), 0)).toThrow('ESRCH'), 5_000);
    await lax.close();
  });
});
