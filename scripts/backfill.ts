// npm run backfill: puts the objects of a bucket before the workers, whether they never were or are rendered stale.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { variants } from '../shared/domain/variants.ts';
import { presetRevision } from '../shared/processing/renditions-task.ts';
import { type BackfillOptions, count, publish } from './backfill/backfill.ts';
import { deleteCheckpoint, type Job, readCheckpoint } from './backfill/checkpoint.ts';
import { backfillDollars } from './cost/bill.ts';
import { openStage } from './operations/stage.ts';
import { stageNotes, stageOptions } from './operations/stage-options.ts';
import { UsageError } from './terminal/errors.ts';
import { formatDollars, formatDuration } from './terminal/figures.ts';
import { flag, optional, text, wholeNumber, withDefault } from './terminal/options.ts';
import { print, printJson } from './terminal/print.ts';
import { createProgress } from './terminal/progress.ts';
import { runTool } from './terminal/run-tool.ts';

const tool = {
  name: 'backfill',
  about: `Lists a bucket and publishes an upload event for every object that no event was ever taken into account for; with
--stale, for every image that was rendered by another revision of the variant table. Says beforehand how many
objects, how long, and about how many dollars; without --yes, that is all it does.`,
  options: {
    bucket: optional(
      text,
      'NAME',
      'the bucket to list, which the workers must be allowed to read (default: the stage’s originals)',
    ),
    prefix: optional(text, 'PREFIX', 'only keys that begin so'),
    stale: flag('re-render what the variant table has changed for'),
    rate: withDefault(wholeNumber(), 'N', 'messages a second', 20),
    concurrency: withDefault(wholeNumber(), 'N', 'calls to SNS at a time, ten messages each', 2),
    maxObjects: withDefault(wholeNumber(), 'N', 'a cap that no number of restarts exceeds', 100_000),
    pageSize: withDefault(wholeNumber(), 'N', 'objects listed at a time, 1000 at most', 1000),
    checkpoint: optional(
      text,
      'FILE',
      'where it notes how far it is (default: a file below .darkroom/backfill)',
    ),
    yes: flag('act'),
    dryRun: flag('do not act, whatever else is given'),
    ...stageOptions,
  },
  notes: `Stopped by Ctrl-C or killed, the same command goes on where it was and repeats less than one page. To begin anew,
delete the checkpoint; once all is published, it is deleted by itself.

${stageNotes}`,
};

const endings = {
  complete: (published: number) => `${published} published, and nothing is left.`,
  cap: (published: number, file: string) =>
    `${published} published, and the cap is reached. Raise --max-objects to go on from ${file}.`,
  interrupted: (published: number, file: string) =>
    `${published} published, then interrupted. The same command goes on from ${file}.`,
};

await runTool(tool, async ({ prefix = '', json, maxObjects, rate, ...given }) => {
  const stage = await openStage(given);
  const { bucket = stage.originalsBucket } = given;
  if (bucket === stage.renditionsBucket)
    throw new UsageError(`${bucket} holds renditions: nothing in it is an original.`);
  const job: Job = { stage: stage.name, bucket, prefix, isStale: given.stale };
  const options: BackfillOptions = {
    ...{ bucket, prefix, rate, concurrency: given.concurrency, maxObjects, pageSize: given.pageSize },
    staleRevision: given.stale ? presetRevision(variants) : undefined,
    checkpointFile: given.checkpoint ?? defaultFile(job),
  };
  const checkpoint = readCheckpoint(options.checkpointFile, job);

  const counting = createProgress('objects listed', { isQuiet: json });
  counting.expect(0);
  const found = await count(stage, options, checkpoint, counting.advance).finally(counting.stop);
  const objects = Math.min(found.wanted, Math.max(0, maxObjects - checkpoint.spent));
  const estimate = { objects, seconds: Math.ceil(objects / rate), dollars: backfillDollars(objects) };
  const document = { ...job, found, alreadySpent: checkpoint.spent, maxObjects, estimate };
  if (!json) {
    const since = checkpoint.startAfter === '' ? '' : ` behind the checkpoint at ${checkpoint.startAfter}`;
    print(
      `${bucket}/${prefix}${since}: ${found.wanted} objects wanted, ${found.known} need nothing, ${found.archived} are archived and cannot be read.`,
    );
    print(
      `${objects} of them within the cap of ${maxObjects}: ${formatDuration(estimate.seconds * 1000)} at ${rate} a second, about ${formatDollars(estimate.dollars)}.`,
    );
  }
  if (!given.yes || given.dryRun || objects === 0) {
    if (json) printJson(document);
    else if (objects > 0) print('A dry run: add --yes to publish them.');
    return 0;
  }

  const progress = createProgress('objects', { isQuiet: json });
  let isInterrupted = false;
  process.once('SIGINT', () => {
    isInterrupted = true;
  });
  progress.expect(objects);
  const result = await publish(stage, options, checkpoint, {
    onWave: progress.advance,
    mayContinue: () => !isInterrupted,
  }).finally(progress.stop);
  if (result.end === 'complete') deleteCheckpoint(options.checkpointFile);
  if (json) printJson({ ...document, result });
  else print(endings[result.end](result.published, options.checkpointFile));
  return result.end === 'interrupted' ? 1 : 0;
});

/** One file a job, so that two backfills never share one. */
function defaultFile(job: Job): string {
  const digest = createHash('sha256').update(JSON.stringify(job)).digest('hex').slice(0, 8);
  return join('.darkroom', 'backfill', `${job.stage}-${job.bucket}-${digest}.json`);
}
