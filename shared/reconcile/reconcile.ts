// The use case behind the schedule: looks at every image that is overdue and settles what no worker lived to settle.
// Bounded work a run, oldest first, by the sparse index: nothing here grows with the table.

import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { failureSentences } from '../domain/errors.ts';
import { lowestSequencer, type RepublishedOriginal } from '../domain/events/s3-notification.ts';
import type { ImageRecord } from '../domain/image-record.ts';
import type { TaskFailure } from '../domain/tasks.ts';
import { type AnnounceDependencies, announceOnce } from '../processing/announce.ts';
import { clearTombstone } from '../processing/clear-tombstone.ts';
import { settleCharge } from '../processing/settle-charge.ts';
import type { StoredObjects } from '../processing/task-definition.ts';
import { decide, type Finding } from './decide.ts';
import type { OriginalFinder, OverdueTable, UploadsTopic } from './ports.ts';

export interface ReconcileDependencies extends AnnounceDependencies {
  readonly overdue: OverdueTable;
  readonly originals: OriginalFinder;
  readonly uploads: UploadsTopic;
  readonly objects: StoredObjects;
  readonly maxImages: number;
  readonly clock?: () => Date;
}

export const actions = [
  'none',
  'postpone',
  'expire',
  'release',
  'republish',
  'fail',
  'announce',
  'clear',
  'unlist',
] as const;
export type Action = (typeof actions)[number];

export interface Reconciliation {
  readonly imageId: string;
  readonly action: Action;
  /** Why the action could not be done; it is tried again in a later run. */
  readonly error?: Error;
}

export interface ReconcileOptions {
  /** Finds out what is to be done, and does nothing. */
  readonly isDryRun?: boolean;
  /** Asked before each image: false ends the run early, as when a function's time runs out. */
  readonly mayContinue?: () => boolean;
}

type Plan =
  | { readonly action: 'none' }
  | { readonly action: 'postpone'; readonly record: ImageRecord; readonly until: Date }
  | { readonly action: 'republish'; readonly record: ImageRecord; readonly original: RepublishedOriginal }
  | {
      readonly action: 'fail';
      readonly record: ImageRecord;
      readonly unsettled: Extract<Finding, { kind: 'work-overdue' }>['unsettled'];
    }
  | { readonly action: 'expire' | 'release' | 'announce' | 'clear' | 'unlist'; readonly record: ImageRecord };

const concurrency = 8;
/** How long a republished event gets to be claimed, and what could not be dealt with has to wait. */
const againMilliseconds = 15 * 60 * 1000;
/** Of work that ended without a result, and for which no retry is left. */
const abandoned: TaskFailure = { code: 'internal', message: `${failureSentences.internal}.` };

/** One run. Answers what it did, or would do, for every image it looked at; it throws only when it cannot look. */
export async function reconcile(
  dependencies: ReconcileDependencies,
  options: ReconcileOptions = {},
): Promise<Reconciliation[]> {
  const { table, overdue, originals, uploads, maxImages, clock = () => new Date() } = dependencies;
  const { isDryRun = false, mayContinue = () => true } = options;
  const limit = pLimit(concurrency);
  const by = randomUUID();
  const imageIds = await overdue.list(clock(), maxImages);
  const reconciliations = await Promise.all(imageIds.map((imageId) => limit(() => lookAt(imageId))));
  return reconciliations.filter((reconciliation) => reconciliation !== undefined);

  async function lookAt(imageId: string): Promise<Reconciliation | undefined> {
    if (!mayContinue()) return undefined;
    let action: Action = 'none';
    let record: ImageRecord | undefined;
    try {
      record = await table.get(imageId);
      const plan = await planFor(record);
      action = plan.action;
      if (!isDryRun) await carryOut(plan);
      return { imageId, action };
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      if (!isDryRun && record) await sendToTheEnd(record);
      return { imageId, action, error };
    }
  }

  /** Whatever ails this image must not keep the others from being looked at. */
  async function sendToTheEnd(record: ImageRecord): Promise<void> {
    await overdue.postpone(record, later()).catch(() => {});
  }

  function later(): Date {
    return new Date(clock().getTime() + againMilliseconds);
  }

  async function planFor(record: ImageRecord | undefined): Promise<Plan> {
    const finding = decide(record, clock());
    if (record === undefined || finding.kind === 'not-due') return { action: 'none' };
    if (finding.kind === 'retrying') return { action: 'postpone', record, until: finding.until };
    if (finding.kind === 'work-overdue') return { action: 'fail', record, unsettled: finding.unsettled };
    if (finding.kind !== 'upload-overdue') return { action: actionFor[finding.kind], record };
    const original = await originals.find(record.imageId);
    return original ? { action: 'republish', record, original } : { action: 'expire', record };
  }

  async function carryOut(plan: Plan): Promise<void> {
    const now = clock();
    switch (plan.action) {
      case 'none':
        return;
      case 'postpone':
        await overdue.postpone(plan.record, plan.until);
        return;
      case 'expire':
        await release(await overdue.expire(plan.record, now));
        return;
      case 'release':
        await release(plan.record);
        return;
      case 'republish':
        await uploads.republish(plan.original, lowestSequencer);
        await overdue.postpone(plan.record, later());
        return;
      case 'fail': {
        const failed = await overdue.fail(plan.record, plan.unsettled, abandoned, now);
        if (failed) await announceOnce(dependencies, failed, by);
        return;
      }
      case 'announce':
      case 'unlist':
        await announceOnce(dependencies, plan.record, by);
        return;
      case 'clear':
        await clearTombstone(dependencies, plan.record, by, now);
    }
  }

  /** Gives back what an image counts that nobody uploaded. */
  async function release(expired: ImageRecord | undefined): Promise<void> {
    if (expired === undefined) return;
    const { image, lookAgainAt } = await settleCharge(dependencies, expired, by);
    await (lookAgainAt ? overdue.postpone(image, lookAgainAt) : overdue.unlist(image));
  }
}

const actionFor = {
  unreleased: 'release',
  unannounced: 'announce',
  uncleared: 'clear',
  settled: 'unlist',
} as const;
