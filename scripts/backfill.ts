// npm run backfill: puts the objects of a bucket before the workers, whether they never were or are rendered stale.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { variants } from '../shared/domain/variants.ts';
import { presetRevision } from '../shared/processing/renditions-task.ts';
import { type BackfillOptions, count, publish } from './backfill/backfill.ts';
import { deleteCheckpoint, type Job, readCheckpoint } from './backfill/checkpoint.ts';
import { estimateDollars } from './backfill/prices.ts';
import {
  commonHelp,
  commonOptions,
  parseOptions,
  print,
  printJson,
  runTool,
  UsageError,
  wholeNumber,
} from './operations/command-line.ts';
import { formatDollars, formatDuration } from './operations/format.ts';
import { createProgress } from './operations/progress.ts';
import { openStage } from './operations/stage.ts';

const help = `Usage: npm run backfill -- --bucket NAME [--prefix PREFIX] [--stale] [--yes]

Lists a bucket and publishes an upload event for every object that no event was ever taken into account for; with
--stale, for every image that was rendered by another revision of the variant table. Says beforehand how many
objects, how long, and about how many dollars; without --yes, that is all it does.

  --bucket NAME       the bucket to list; the workers must be allowed to read it
  --prefix PREFIX     only keys that begin so
  --stale             re-render what the variant table has changed for
  --rate N            messages a second (default: 20)
  --concurrency N     calls to SNS at a time, ten messages each (default: 2)
  --max-objects N     a cap that no number of restarts exceeds (default: 100000)
  --page-size N       objects listed at a time, 1000 at most (default: 1000)
  --checkpoint FILE   where it notes how far it has come (default: a file below .darkroom/backfill)
  --yes               act
  --dry-run           do not act, whatever else is said
${commonHelp}

Stopped by Ctrl-C or killed, the same command goes on where it was and repeats less than one page. To begin anew,
delete the checkpoint; once all is published, it is deleted by itself.`;

const endings = {
  complete: (published: number) => `${published} published, and nothing is left.`,
  cap: (published: number, file: string) =>
    `${published} published, and the cap is reached. Raise --max-objects to go on from ${file}.`,
  interrupted: (published: number, file: string) =>
    `${published} published, then interrupted. The same command goes on from ${file}.`,
};

await runTool(async () => {
  const { values } = parseOptions({
    options: {
      ...commonOptions,
      bucket: { type: 'string' },
      prefix: { type: 'string', default: '' },
      stale: { type: 'boolean', default: false },
      rate: { type: 'string', default: '20' },
      concurrency: { type: 'string', default: '2' },
      'max-objects': { type: 'string', default: '100000' },
      'page-size': { type: 'string', default: '1000' },
      checkpoint: { type: 'string' },
      yes: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    print(help);
    return 0;
  }
  const { bucket, prefix, json: isQuiet } = values;
  if (bucket === undefined) throw new UsageError('Say which --bucket.');
  const maxObjects = wholeNumber(values['max-objects'], 'max-objects');
  const rate = wholeNumber(values.rate, 'rate');
  const concurrency = wholeNumber(values.concurrency, 'concurrency');
  const pageSize = wholeNumber(values['page-size'], 'page-size');
  const stage = await openStage(values);
  const job: Job = { stage: stage.name, bucket, prefix, isStale: values.stale };
  const options: BackfillOptions = {
    ...{ bucket, prefix, rate, concurrency, maxObjects, pageSize },
    staleRevision: values.stale ? presetRevision(variants) : undefined,
    checkpointFile: values.checkpoint ?? defaultFile(job),
  };
  const checkpoint = readCheckpoint(options.checkpointFile, job);

  const counting = createProgress('objects listed', { isQuiet });
  counting.start(0);
  const found = await count(stage, options, checkpoint, counting.advance).finally(counting.stop);
  const objects = Math.min(found.wanted, Math.max(0, maxObjects - checkpoint.spent));
  const estimate = { objects, seconds: Math.ceil(objects / rate), dollars: estimateDollars(objects) };
  const document = { ...job, found, alreadySpent: checkpoint.spent, maxObjects, estimate };
  if (!isQuiet) {
    const since = checkpoint.startAfter === '' ? '' : ` behind the checkpoint at ${checkpoint.startAfter}`;
    print(
      `${bucket}/${prefix}${since}: ${found.wanted} objects wanted, ${found.known} need nothing, ${found.archived} are archived and cannot be read.`,
    );
    print(
      `${objects} of them within the cap of ${maxObjects}: ${formatDuration(estimate.seconds * 1000)} at ${rate} a second, about ${formatDollars(estimate.dollars)}.`,
    );
  }
  if (!values.yes || values['dry-run'] || objects === 0) {
    if (isQuiet) printJson(document);
    else if (objects > 0) print('A dry run: add --yes to publish them.');
    return 0;
  }

  const progress = createProgress('objects', { isQuiet });
  let isInterrupted = false;
  process.once('SIGINT', () => {
    isInterrupted = true;
  });
  progress.start(objects);
  const result = await publish(stage, options, checkpoint, {
    onWave: progress.advance,
    mayContinue: () => !isInterrupted,
  }).finally(progress.stop);
  if (result.end === 'complete') deleteCheckpoint(options.checkpointFile);
  if (isQuiet) printJson({ ...document, result });
  else print(endings[result.end](result.published, options.checkpointFile));
  return result.end === 'interrupted' ? 1 : 0;
});

/** One file a job, so that two backfills never share one. */
function defaultFile(job: Job): string {
  const digest = createHash('sha256').update(JSON.stringify(job)).digest('hex').slice(0, 8);
  return join('.darkroom', 'backfill', `${job.stage}-${job.bucket}-${digest}.json`);
}
