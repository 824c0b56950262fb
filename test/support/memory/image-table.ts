// The images table in memory, for tests that need no cloud. It passes the contract that the adapter on DynamoDB passes
// (test/support/contracts/image-table/), and shares no code with it.

import type { ImagePosition } from '../../../shared/api/ports.ts';
import { currentTask, type ImageRecord, unowned } from '../../../shared/domain/image-record.ts';
import { isIssued } from '../../../shared/domain/object-keys.ts';
import {
  objectKeepers,
  rowOf,
  type Task,
  type TaskRecord,
  taskAttribute,
  tasks,
} from '../../../shared/domain/tasks.ts';
import type { Attempt, Outcome } from '../../../shared/processing/ports.ts';
import type { Images } from '../contracts/image-table/steps.ts';
import { isAsSeen, isChargeAsSeen, isRejectedByAnother, isTakeable } from './image-conditions.ts';

type Draft = { -readonly [Name in keyof ImageRecord]?: ImageRecord[Name] | undefined };

const removalMilliseconds = 5 * 60 * 1000;
const restartMilliseconds = 15 * 60 * 1000;
const graceMilliseconds = 10 * 60 * 1000;
const chargeMilliseconds = 5 * 60 * 1000;

/** @param clock what the table takes for now */
export function createMemoryImages(clock: () => Date = () => new Date()): Images {
  const records = new Map<string, ImageRecord>();
  const read = (imageId: string) => structuredClone(records.get(imageId));

  const tombstoned = (): Draft => ({
    updatedAt: clock().toISOString(),
    ...overdueAt(new Date(clock().getTime() + removalMilliseconds).toISOString()),
  });

  /** Changes one record, if the record as it is allows it. Undefined takes an attribute away. */
  function write(
    imageId: string,
    allows: (record: ImageRecord | undefined) => boolean,
    changes: Draft,
  ): ImageRecord | undefined {
    const before = records.get(imageId);
    if (!allows(before)) return undefined;
    const owned: Draft = { imageId, ownerId: unowned, ...before, ...structuredClone(changes) };
    const after = Object.fromEntries(Object.entries(owned).filter(([, value]) => value !== undefined));
    records.set(imageId, after as unknown as ImageRecord);
    return read(imageId);
  }

  const table: Images['table'] = {
    async create(record) {
      if (!records.has(record.imageId)) {
        const until = new Date(Date.parse(record.upload.expiresAt) + graceMilliseconds).toISOString();
        records.set(record.imageId, structuredClone({ ...record, ...overdueAt(until) }));
      }
    },

    async withdraw(imageId) {
      const isUnused = (record?: ImageRecord) => record !== undefined && record.sequencer === undefined;
      const forgotten = { createdAt: undefined, fileName: undefined, ...unlisted };
      write(imageId, isUnused, { expired: true, updatedAt: clock().toISOString(), ...forgotten });
    },

    get: async (imageId) => read(imageId),

    async claim(unit, attempt) {
      const { task, event, revision } = unit;
      const { bucket, key, eTag, bytes, sequencer } = event;
      const now = clock();
      const running: TaskRecord = { state: 'running', sequencer, revision, ...leaseOf(attempt) };
      return write(event.imageId, (record) => isTakeable(record, unit, attempt, now), {
        ...{ sequencer, original: { bucket, key, eTag, bytes }, updatedAt: now.toISOString() },
        ...{ removed: undefined, expired: undefined, [taskAttribute(task)]: running },
        ...{ createdAt: records.get(event.imageId)?.createdAt ?? now.toISOString() },
        retriesEndAt: attempt.retriesEndAt,
        ...(records.get(event.imageId)?.overdueAt === undefined &&
          overdueAt(new Date(attempt.retriesEndAt).toISOString())),
      });
    },

    async settle({ task, event, revision }, attempt, outcome, superseded) {
      const { sequencer } = event;
      const failure = outcome.state === 'done' ? undefined : outcome.failure;
      const settled: TaskRecord = {
        ...{ state: outcome.state, sequencer, revision, ...leaseOf(attempt) },
        ...(failure && { failure }),
      };
      const isHeld = (record: ImageRecord | undefined) =>
        record?.sequencer === sequencer &&
        record[taskAttribute(task)]?.attemptId === attempt.attemptId &&
        !(outcome.state === 'rejected' && failure && isRejectedByAnother(record, task));
      return write(event.imageId, isHeld, {
        ...{ [taskAttribute(task)]: settled, updatedAt: clock().toISOString(), ...resultOf(task, outcome) },
        ...(superseded && { superseded }),
      });
    },

    async markDeleted({ imageId, sequencer }, removed) {
      const isNews = (record?: ImageRecord) =>
        isIssued(imageId) ? !record?.removed && !record?.expired : (record?.sequencer ?? '') < sequencer;
      return write(imageId, isNews, {
        ...forgotten,
        ...{ sequencer, removed, ...tombstoned() },
      });
    },

    async moveCharge(seen, charge, { isNew }) {
      const isSame = (record?: ImageRecord) =>
        isChargeAsSeen(record, seen) && (!isNew || isAsSeen(record, seen));
      const listed = new Date(clock().getTime() + chargeMilliseconds).toISOString();
      return write(seen.imageId, isSame, {
        charge,
        ...(records.get(seen.imageId)?.overdueAt === undefined && overdueAt(listed)),
      });
    },

    async markAnnounced(seen, announced, lookAgainAt) {
      const listing = lookAgainAt ? overdueAt(lookAgainAt.toISOString()) : unlisted;
      write(seen.imageId, (record) => isAsSeen(record, seen), { announced, ...listing });
    },
  };

  const overdue: Images['overdue'] = {
    async list(now, maxImages) {
      const listed = [...records.values()].filter(
        (record) => record.overdueAt !== undefined && record.overdueAt <= now.toISOString(),
      );
      const byTime = listed.toSorted((one, other) =>
        (one.overdueAt ?? '').localeCompare(other.overdueAt ?? ''),
      );
      return byTime.slice(0, maxImages).map(({ imageId }) => imageId);
    },

    async expire(seen, now) {
      const expired = { expired: true, updatedAt: now.toISOString() } as const;
      return write(seen.imageId, (record) => isAsSeen(record, seen), expired);
    },

    async fail(seen, unsettled, failure, now) {
      const { imageId, sequencer = '' } = seen;
      const isUnsettled = (record: ImageRecord | undefined) =>
        isAsSeen(record, seen) &&
        unsettled.every((task) => ((record && currentTask(record, task)?.state) ?? 'running') === 'running');
      const failed = unsettled.map((task) => {
        const before = currentTask(seen, task) ?? { ...neverClaimed, sequencer };
        return [taskAttribute(task), { ...before, state: 'failed', failure }];
      });
      return write(imageId, isUnsettled, { ...Object.fromEntries(failed), updatedAt: now.toISOString() });
    },

    async unlist(seen) {
      write(seen.imageId, (record) => isAsSeen(record, seen), unlisted);
    },

    async postpone(seen, until) {
      write(seen.imageId, (record) => isAsSeen(record, seen), overdueAt(until.toISOString()));
    },
  };

  const owners: Images['owners'] = {
    async positions(ownerId, maxImages, after) {
      const listed = [...records.values()].flatMap((record) =>
        record.ownerId === ownerId && record.createdAt !== undefined
          ? [{ imageId: record.imageId, createdAt: record.createdAt }]
          : [],
      );
      const newestFirst = listed.toSorted((one, other) => orderOf(other).localeCompare(orderOf(one)));
      const rest = newestFirst.filter((one) => after === undefined || orderOf(one) < orderOf(after));
      return rest.slice(0, maxImages);
    },

    async records(imageIds) {
      const found = imageIds.map(read).filter((record) => record !== undefined);
      return new Map(found.map((record) => [record.imageId, record]));
    },

    async markDeleted(imageId, ownerId) {
      const isTheirs = (record?: ImageRecord) => record?.ownerId === ownerId && record.removed === undefined;
      const { original, upload } = records.get(imageId) ?? {};
      return write(imageId, isTheirs, {
        ...{ ...forgotten, ...tombstoned(), original, upload },
        ...{ sequencer: 'F'.repeat(40), removed: { byOwner: true } },
      });
    },

    async restart(seen, ended) {
      const isAsSeen = (record?: ImageRecord) =>
        record?.sequencer === seen.sequencer &&
        record?.removed === undefined &&
        isChargeAsSeen(record, seen) &&
        ended.every((task) => {
          const [mine, before] = [record?.[taskAttribute(task)], seen[taskAttribute(task)]];
          return mine?.attemptId === before?.attemptId && mine?.state === before?.state;
        });
      const restarted = ended.map((task) => {
        const { sequencer, revision } = seen[taskAttribute(task)] ?? {};
        return [taskAttribute(task), { ...takenBack, sequencer, revision }];
      });
      const listed = new Date(clock().getTime() + restartMilliseconds).toISOString();
      const changes = { updatedAt: clock().toISOString(), ...overdueAt(listed) };
      return write(seen.imageId, isAsSeen, { ...Object.fromEntries(restarted), ...changes });
    },
  };

  return {
    table,
    overdue,
    owners,
    async put(record) {
      records.set(record.imageId, structuredClone(record));
    },
  };
}

const orderOf = ({ createdAt, imageId }: ImagePosition) => `${createdAt} ${imageId}`;

const overdueAt = (at: string) => ({ overdueShard: '0', overdueAt: at });
const unlisted: Draft = { overdueShard: undefined, overdueAt: undefined, retriesEndAt: undefined };

function leaseOf({ attemptId, messageId, receiveCount, leaseUntil }: Attempt) {
  return { attemptId, messageId, receiveCount, leaseUntil };
}

function resultOf(task: Task, outcome: Outcome): Draft {
  if (outcome.state !== 'done') return {};
  const { result } = outcome;
  const left = rowOf(task).leaves.filter((name) => result[name] !== undefined);
  return Object.fromEntries(left.map((name) => [name, result[name]]));
}

/** What a tombstone has no use for: everything but what says which objects are still to be deleted. */
const forgotten: Draft = Object.fromEntries(
  [
    ...['createdAt', 'fileName', 'upload', 'original', 'announced', 'retriesEndAt'],
    ...tasks.filter((task) => !objectKeepers.includes(task)).map(taskAttribute),
    ...tasks.flatMap((task) => rowOf(task).leaves).filter((name) => name !== 'renditions'),
  ].map((name) => [name, undefined]),
);

const takenBack = {
  ...{ state: 'running', attemptId: 'restarted', messageId: 'restarted' },
  ...{ receiveCount: 0, leaseUntil: 0 },
};

const neverClaimed = {
  ...{ revision: 'never-claimed', attemptId: 'never-claimed', messageId: 'never-claimed' },
  ...{ receiveCount: 0, leaseUntil: 0 },
};
