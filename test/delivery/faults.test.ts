// Breaks every AWS call of every worker in every way, and shows that redelivery leads where no fault would have.
// The calls are those of a recorded fault-free run: a new call is covered without a line here.

import { randomUUID } from 'node:crypto';
import type { Message } from '@aws-sdk/client-sqs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ImageRecord } from '../../shared/domain/image-record.ts';
import { type Status, statusOf } from '../../shared/domain/status.ts';
import { type Task, tasks } from '../../shared/domain/tasks.ts';
import { lambdaContext, sqsEvent } from '../support/events.ts';
import { type FaultPlan, plansFor } from './support/aws-calls.ts';
import { type Pipeline, startPipeline } from './support/pipeline.ts';

let pipeline: Pipeline;
let photo: Uint8Array;
let otherPhoto: Uint8Array;
let corrupt: Uint8Array;

beforeAll(async () => {
  pipeline = await startPipeline();
  const pixels = Buffer.from(Array.from({ length: 64 * 48 * 3 }, (_, index) => (index * 7919) % 251));
  photo = await sharp(pixels, { raw: { width: 64, height: 48, channels: 3 } })
    .jpeg()
    .toBuffer();
  otherPhoto = await sharp(photo).negate().jpeg().toBuffer();
  corrupt = photo.subarray(0, photo.length * 0.7);
});
afterAll(() => pipeline.stop());

/** What happens to an original before the worker under test gets its message, and afterwards. */
const scenarios = {
  'a photo, the other task done': { body: () => photo, other: 'before', ends: 'ready' },
  'a photo, the other task pending': { body: () => photo, other: 'after', ends: 'ready' },
  'a corrupt file, the other task done': { body: () => corrupt, other: 'before', ends: 'rejected' },
  'a file that no worker can read': { body: () => Buffer.from('text'), other: 'before', ends: 'rejected' },
  // Only the renditions worker has anything to remove: the other acknowledges without a call.
  'a removed photo': { body: () => photo, change: 'removed', ends: 'deleted', tasks: ['renditions'] },
  'a replaced photo': { body: () => photo, change: 'replaced', ends: 'ready', tasks: ['renditions'] },
} as const satisfies Record<string, Scenario>;

interface Scenario {
  readonly body: () => Uint8Array;
  /** When the other task is done: before the one under test, as a rule, or after it. */
  readonly other?: 'before' | 'after';
  /** What happens to an image that was ready already: the worker under test gets that event. */
  readonly change?: 'removed' | 'replaced';
  readonly ends: Status;
  readonly tasks?: readonly Task[];
}

const cases = Object.entries<Scenario>(scenarios).flatMap(([name, scenario]) =>
  (scenario.tasks ?? tasks).map((task) => ({ name, scenario, task })),
);

it.each(cases)(
  '$task: $name: ends as without a fault, whichever call fails',
  { timeout: 120_000 },
  async (one) => {
    const expected = await run(one.task, one.scenario);
    const counts = one.scenario.ends === 'ready';
    expect(expected.calls.length).toBeGreaterThan(0);
    expect(expected.outcome).toMatchObject({
      status: one.scenario.ends,
      isAnnounced: true,
      objectsAreThoseListed: true,
      ledger: {
        ...(counts ? { images: 1, bytes: one.scenario.body().byteLength } : { images: 0, bytes: 0 }),
        ...{ open: {}, moving: {}, rejectedCount: one.scenario.ends === 'rejected' ? 1 : 0 },
      },
    });
    for (const plan of plansFor(expected.calls)) {
      const actual = await run(one.task, one.scenario, plan);
      const fault = `${plan.fault} ${plan.when} call ${plan.at}, ${expected.calls[plan.at]}`;
      expect({ fault, ...actual.outcome }).toEqual({ fault, ...expected.outcome });
    }
  },
);

async function run(task: Task, { body, other = 'before', change }: Scenario, plan?: FaultPlan) {
  const owner = `own-${randomUUID()}`;
  const imageId = await pipeline.issue(owner, body().byteLength);
  const otherTask: Task = task === 'renditions' ? 'metadata' : 'renditions';
  await pipeline.putOriginal(imageId, body());
  if (change) for (const each of tasks) await pipeline.handleBatch(each);
  if (change === 'removed') await pipeline.removeOriginal(imageId);
  if (change === 'replaced') await pipeline.putOriginal(imageId, otherPhoto);
  if (other === 'before') await pipeline.handleBatch(otherTask);
  const calls = await handleUnderFault(task, plan);
  while (!(await pipeline.isEmpty(pipeline.queues[task]))) await pipeline.handleBatch(task);
  if (other === 'after') await pipeline.handleBatch(otherTask);
  return { calls, outcome: { ...(await outcomeOf(imageId)), ledger: await ledgerOf(owner) } };
}

/** The first receive of the message, with the fault. */
async function handleUnderFault(task: Task, plan?: FaultPlan): Promise<readonly string[]> {
  const messages: Message[] = await pipeline.receive(pipeline.queues[task]);
  const death = pipeline.calls.start(plan);
  const end = await Promise.race([pipeline.workers[task](sqsEvent(messages), lambdaContext()), death]);
  const calls = [...pipeline.calls.names];
  void pipeline.calls.start();
  if (end === 'died') {
    pipeline.restartWorker(task);
    for (const message of messages) await pipeline.letVisibilityEnd(task, message);
  } else await pipeline.settleBatch(task, messages, end);
  return calls;
}

/** What the image counts once all is done. */
async function ledgerOf(owner: string) {
  const { images, bytes, open, moving, rejectedCount = 0 } = (await pipeline.ledger.read(owner)) ?? {};
  return { images, bytes, open, moving, rejectedCount };
}

async function outcomeOf(imageId: string) {
  const record = await pipeline.record(imageId);
  const events = await pipeline.imageEvents();
  const putAside = [pipeline.rejectionsQueue, ...tasks.map((task) => pipeline.deadLetterQueues[task])];
  const messages = await Promise.all(putAside.map((queue) => pipeline.drain(queue)));
  const objects = await pipeline.renditionObjects(imageId);
  const listed = record.removed
    ? []
    : (record.renditions ?? []).map(({ key }) => key.split('/').at(-1)).sort();
  return {
    status: statusOf(record),
    tasks: describeTasks(record),
    isAnnounced: record.announced !== undefined && record.overdueAt === undefined,
    // Repetitions of one event are one event to a consumer.
    eventTypes: [...new Map(events.map((event) => [event.eventId, event.type])).values()].sort(),
    codesPutAside: messages.map((ofQueue) => [
      ...new Set(ofQueue.map(({ MessageAttributes }) => MessageAttributes?.['failureCode']?.StringValue)),
    ]),
    objectsAreThoseListed: Object.keys(objects).sort().join() === listed.join(),
    objects: Object.values(objects).sort(),
  };
}

function describeTasks(record: ImageRecord) {
  return tasks.map((task) => [task, record[`${task}Task`]?.state, record[`${task}Task`]?.failure?.code]);
}
