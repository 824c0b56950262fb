// One run of chaos: learn what is right, do everything wrong for a while, then look whether it came right.
import { openStage, type Stage } from '../operations/stage.ts';
import { makeFiles } from './files.ts';
import { type HavocOptions, uploadOf, wreakHavoc } from './havoc.ts';
import { type Difference, differences, outcomeOf, tally, type Upload } from './ledger.ts';
import { findUnlettered, isFailed, redriveFailed, settle } from './settle.ts';
import { startStack } from './stack.ts';

export interface ChaosOptions extends HavocOptions {
  readonly folder: string;
  readonly say: (line: string) => void;
}

export interface ChaosResult {
  /** When faults had ended and everything had settled. */
  readonly counts: Map<string, number>;
  /** Images that are failed or rejected, but of which no DLQ has a message. */
  readonly withoutLetter: string[];
  /** After what had failed was redriven. */
  readonly differences: Difference[];
  readonly failedThenRedriven: number;
  readonly kills: number;
  readonly duplicates: number;
  readonly faults: Readonly<Record<string, number>>;
}

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { say } = options;
  const stack = await startStack(options.folder);
  try {
    // For the tools, which find the endpoint as their user would tell them.
    process.env['AWS_ENDPOINT_URL'] = stack.endpoint;
    const stage = await openStage({ stage: 'test' });
    const files = await makeFiles();

    say('Without faults: what becomes of each file.');
    const first = await Promise.all(files.map(async (file) => uploadOf(stack, file)));
    const expected = await learn(stage, first);

    say('With faults: uploads, kills and duplicates.');
    const wrought = await wreakHavoc(stage, stack, files, options);

    say('Faults are over: waiting until nothing is in flight.');
    const records = await settle(stage, wrought.uploads);
    const outcomes = wrought.uploads.map(({ imageId }) => outcomeOf(records.get(imageId)));
    const withoutLetter = await findUnlettered(stage, wrought.uploads, records);
    const failed = wrought.uploads.filter(({ imageId }) => isFailed(records.get(imageId)));

    if (failed.length > 0) say(`Redriving ${failed.length} that failed.`);
    const final = await redriveFailed(stage, wrought.uploads, records);
    return {
      counts: tally(outcomes),
      withoutLetter,
      differences: differences(wrought.uploads, final, expected),
      failedThenRedriven: failed.length,
      kills: wrought.kills,
      duplicates: wrought.duplicates,
      faults: stack.proxy.counts,
    };
  } finally {
    await stack.stop();
  }
}

async function learn(stage: Stage, uploads: readonly Upload[]) {
  const records = await settle(stage, uploads);
  return new Map(uploads.map(({ imageId, file }) => [file, outcomeOf(records.get(imageId))]));
}
