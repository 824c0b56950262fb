// npm run reconcile: what the schedule does every five minutes, once, now, for the operator to see.

import { createReconcileDependencies } from '../functions/composition/reconcile.ts';
import { type Reconciliation, reconcile } from '../shared/reconcile/reconcile.ts';
import { summaryOf } from '../shared/reconcile/summary.ts';
import {
  commonHelp,
  commonOptions,
  parseOptions,
  print,
  printJson,
  runTool,
  wholeNumber,
} from './operations/command-line.ts';
import { openStage } from './operations/stage.ts';

const help = `Usage: npm run reconcile -- [--dry-run] [--max-images N] [--stage NAME]

Looks at every image that is overdue and settles it: an upload URL that ran out unused makes it expired, an upload
whose event never came is published again, work that ended without a result is failed, a result that nobody was
told of is announced, a removal that was cut short is finished.

  --dry-run         say what would be done, and do nothing
  --max-images N    look at so many at most (default: 1000)
${commonHelp}`;

const saying: Readonly<Record<Reconciliation['action'], string>> = {
  none: 'has moved on, nothing to do',
  expire: 'expired: nothing was uploaded in time',
  republish: 'published again: uploaded, but its event never came',
  fail: 'failed: work ended without a result',
  announce: 'announced',
  clear: 'removal finished',
  unlist: 'settled and announced already, no longer listed',
};

await runTool(async () => {
  const { values } = parseOptions({
    options: {
      ...commonOptions,
      'dry-run': { type: 'boolean', default: false },
      'max-images': { type: 'string', default: '1000' },
    },
  });
  if (values.help) {
    print(help);
    return 0;
  }
  const maxImages = wholeNumber(values['max-images'], 'max-images');
  const isDryRun = values['dry-run'];
  const stage = await openStage(values);
  const parts = createReconcileDependencies(stage.clients, {
    IMAGES_TABLE: stage.tableName,
    ORIGINALS_BUCKET: stage.originalsBucket,
    RENDITIONS_BUCKET: stage.renditionsBucket,
    UPLOADS_TOPIC_ARN: stage.uploadsTopicArn,
    IMAGE_EVENTS_TOPIC_ARN: stage.imageEventsTopicArn,
    RECONCILE_MAX_IMAGES: maxImages,
  });
  const reconciliations = await reconcile(parts, { isDryRun });
  const summary = summaryOf(reconciliations);
  if (values.json) {
    const images = reconciliations.map(({ error, ...reconciliation }) => ({
      ...reconciliation,
      ...(error && { error: error.message }),
    }));
    printJson({ stage: stage.name, isDryRun, summary, images });
  } else {
    for (const { imageId, action, error } of reconciliations) {
      print(`${imageId}  ${error ? `${action} FAILED: ${error.message}` : saying[action]}`);
    }
    const would = isDryRun ? ' Nothing was changed: this was a dry run.' : '';
    print(
      `${summary.lookedAt} overdue images of stage ${stage.name} at ${stage.place}, ${summary.errors} errors.${would}`,
    );
  }
  return summary.errors > 0 ? 1 : 0;
});
