// npm run reconcile: what the schedule does every five minutes, once, now, for the operator to see.

import type { Reconciliation } from '../shared/reconcile/reconcile.ts';
import { summaryOf } from '../shared/reconcile/summary.ts';
import { reconcileStage } from './operations/reconcile-stage.ts';
import { openStage } from './operations/stage.ts';
import { stageNotes, stageOptions } from './operations/stage-options.ts';
import { flag, wholeNumber, withDefault } from './terminal/options.ts';
import { print, printJson } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';

const tool = {
  name: 'reconcile',
  about: `Looks at every image that is overdue and settles it: an upload URL that ran out unused makes it expired, an upload
whose event never came is published again, work that ended without a result is failed, a result that was
never announced is announced, a removal that was cut short is finished.`,
  options: {
    dryRun: flag('show what would be done, and do nothing'),
    maxImages: withDefault(wholeNumber(), 'N', 'look at so many at most', 1000),
    ...stageOptions,
  },
  notes: stageNotes,
};

const outcomes: Readonly<Record<Reconciliation['action'], string>> = {
  none: 'has moved on, nothing to do',
  postpone: 'still worked on: looked at again later',
  expire: 'expired: nothing was uploaded in time',
  release: 'given back to its owner’s quota',
  republish: 'published again: uploaded, but its event never came',
  fail: 'failed: work ended without a result',
  announce: 'announced',
  clear: 'removal finished',
  unlist: 'settled and announced already, no longer listed',
};

await runTool(tool, async ({ dryRun: isDryRun, maxImages, json, ...place }) => {
  const stage = await openStage(place);
  const reconciliations = await reconcileStage(stage, { maxImages, isDryRun });
  const summary = summaryOf(reconciliations);
  if (json) {
    const images = reconciliations.map(({ error, ...reconciliation }) => ({
      ...reconciliation,
      ...(error && { error: error.message }),
    }));
    printJson({ stage: stage.name, isDryRun, summary, images });
  } else {
    for (const { imageId, action, error } of reconciliations) {
      print(`${imageId}  ${error ? `${action} FAILED: ${error.message}` : outcomes[action]}`);
    }
    const dryRunNote = isDryRun ? ' Nothing was changed: this was a dry run.' : '';
    print(
      `${summary.lookedAt} overdue images of stage ${stage.name} at ${stage.place}, ${summary.errors} errors.${dryRunNote}`,
    );
  }
  return summary.errors > 0 ? 1 : 0;
});
