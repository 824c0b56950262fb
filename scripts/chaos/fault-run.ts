// One run of chaos: learn what is right, let faults happen for a while, then look whether everything came right.
import { join } from 'node:path';
import type { Stage } from '../operations/stage.ts';
import { type Unexplained, unexplained } from './explain.ts';
import { startFaultyStack } from './faulty-stack.ts';
import { makeFiles } from './files.ts';
import { type Difference, differences, outcomeOf, tally, type Upload } from './ledger.ts';
import { uploadPatiently } from './patient-upload.ts';
import { drained, findWithoutDeadLetter, isFailed, redriveFailed, settle } from './settle.ts';
import { type FaultyUploadOptions, uploadUnderFaults } from './upload-under-faults.ts';

const tracedImages = 10;

interface FaultRunOptions extends FaultyUploadOptions {
  readonly folder: string;
  readonly say: (line: string) => void;
}

export interface FaultRunResult {
  /** When faults had ended and everything had settled. */
  readonly counts: Map<string, number>;
  /** Images that are failed or rejected, but of which no message was put aside. */
  readonly withoutDeadLetter: string[];
  /** After what had failed was redriven. */
  readonly differences: Difference[];
  readonly failedThenRedriven: number;
  /** Images whose trace was held against what was done to them. */
  readonly traced: number;
  readonly unexplained: readonly Unexplained[];
  readonly kills: number;
  readonly duplicates: number;
  readonly faults: Readonly<Record<string, number>>;
}

export async function runFaults(options: FaultRunOptions): Promise<FaultRunResult> {
  const { folder, say } = options;
  const stack = await startFaultyStack(folder);
  const { stage, client, proxy } = stack;
  try {
    const files = await makeFiles();

    say('Without faults: what becomes of each file.');
    const first = await Promise.all(files.map((file) => uploadPatiently(client, file)));
    const expected = await learn(stage, first);

    say('With faults: uploads, kills and duplicates.');
    const { uploads, log } = await uploadUnderFaults(stack, files, options);

    say('Faults are over: waiting until nothing is in flight.');
    const records = await settle(stage, uploads);
    const outcomes = uploads.map(({ imageId }) => outcomeOf(records.get(imageId)));
    const withoutDeadLetter = await findWithoutDeadLetter(stage, uploads, records);
    const failed = uploads.filter(({ imageId }) => isFailed(records.get(imageId)));

    if (failed.length > 0) say(`Redriving ${failed.length} that failed.`);
    const final = await redriveFailed(stage, uploads, records);
    const some = sampled(uploads, tracedImages).map(({ imageId }) => imageId);
    await drained(stage);
    say(`Tracing ${some.length} of them.`);
    return {
      ...{ withoutDeadLetter, kills: log.killedAt.length, faults: proxy.counts },
      duplicates: [...log.repeats.values()].reduce((sum, count) => sum + count, 0),
      traced: some.length,
      unexplained: await unexplained(stage, join(folder, 'data'), some, log),
      counts: tally(outcomes),
      differences: differences(uploads, final, expected),
      failedThenRedriven: failed.length,
    };
  } finally {
    await stack.stop();
  }
}

/** So many at random. */
function sampled<One>(all: readonly One[], count: number): One[] {
  return all
    .map((one) => ({ one, at: Math.random() }))
    .toSorted((left, right) => left.at - right.at)
    .slice(0, count)
    .map(({ one }) => one);
}

async function learn(stage: Stage, uploads: readonly Upload[]) {
  const records = await settle(stage, uploads);
  return new Map(uploads.map(({ imageId, file }) => [file, outcomeOf(records.get(imageId))]));
}
