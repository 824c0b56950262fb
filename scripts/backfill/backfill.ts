// A backfill: first counts what is wanted, then publishes it under a rate, wave by wave, never more than the cap.
import { imageIdOf } from '../../shared/domain/object-keys.ts';
import { batchSize } from '../operations/batches.ts';
import { readRecords } from '../operations/records.ts';
import type { Stage } from '../operations/stage.ts';
import { type Checkpoint, writeCheckpoint } from './checkpoint.ts';
import { type ListedObject, type ListingOptions, listPages } from './listing.ts';
import { createPace } from './pace.ts';
import { publishAll } from './publish.ts';
import { judge, type Verdict, type WantedObject, withSequencer } from './select.ts';

export interface BackfillOptions extends Omit<ListingOptions, 'startAfter'> {
  /** Given for a re-rendering: the preset's revision as it is now. */
  readonly staleRevision: string | undefined;
  /** Messages a second, at most. */
  readonly rate: number;
  /** Calls to SNS at a time, ten messages each. */
  readonly concurrency: number;
  /** Messages, over all runs that share the checkpoint. */
  readonly maxObjects: number;
  readonly checkpointFile: string;
}

export type Count = Record<Verdict, number> & { bytes: number };

export interface Published {
  readonly published: number;
  readonly end: 'complete' | 'cap' | 'interrupted';
}

/** Counts, publishing nothing. @param onPage called for every page, for a progress bar */
export async function count(
  stage: Stage,
  options: BackfillOptions,
  { startAfter }: Checkpoint,
  onPage: (objects: number) => void,
): Promise<Count> {
  const total: Count = { wanted: 0, known: 0, archived: 0, bytes: 0 };
  for await (const { objects } of listPages(stage.clients.s3, { ...options, startAfter })) {
    for (const { object, verdict } of await judgePage(stage, objects, options)) {
      total[verdict] += 1;
      if (verdict === 'wanted') total.bytes += object.bytes;
    }
    onPage(objects.length);
  }
  return total;
}

/**
 * Publishes from the checkpoint on. A wave is counted as spent before it is published, so the cap holds over any
 * number of kills, and at most one wave is published twice.
 */
export async function publish(
  stage: Stage,
  options: BackfillOptions,
  from: Checkpoint,
  hooks: { readonly onWave: (objects: number) => void; readonly mayContinue: () => boolean },
): Promise<Published> {
  const { checkpointFile, maxObjects, concurrency, rate } = options;
  const pace = createPace(rate);
  // A wave is never more than a second's worth, or a low rate would come in bursts.
  const waveSize = Math.max(1, Math.min(concurrency * batchSize, Math.floor(rate)));
  let checkpoint = from;
  let published = 0;
  const save = (changes: Partial<Checkpoint>) => {
    checkpoint = { ...checkpoint, ...changes };
    writeCheckpoint(checkpointFile, checkpoint);
  };

  for await (const page of listPages(stage.clients.s3, { ...options, startAfter: from.startAfter })) {
    const wanted = (await judgePage(stage, page.objects, options)).flatMap(({ object, verdict }) =>
      verdict === 'wanted' ? object : [],
    );
    for (let start = 0; start < wanted.length; start += waveSize) {
      const wave = wanted.slice(start, start + Math.min(waveSize, maxObjects - checkpoint.spent));
      if (wave.length === 0) return { published, end: 'cap' };
      await pace(wave.length);
      if (!hooks.mayContinue()) return { published, end: 'interrupted' };
      save({ spent: checkpoint.spent + wave.length });
      await publishAll(stage, wave);
      published += wave.length;
      save({ startAfter: wave.at(-1)?.key ?? checkpoint.startAfter });
      hooks.onWave(wave.length);
      if (wave.length < Math.min(waveSize, wanted.length - start)) return { published, end: 'cap' };
    }
    save({ startAfter: page.lastKey });
  }
  return { published, end: 'complete' };
}

async function judgePage(
  stage: Stage,
  objects: readonly ListedObject[],
  { staleRevision }: BackfillOptions,
): Promise<{ object: WantedObject; verdict: Verdict }[]> {
  const imageIds = objects.map(({ bucket, key }) => imageIdOf(bucket, key, stage.originalsBucket));
  const records = await readRecords(stage, imageIds);
  return objects.map((object, index) => {
    const record = records.get(imageIds[index] ?? '');
    return { object: withSequencer(object, record), verdict: judge(object, record, staleRevision) };
  });
}
