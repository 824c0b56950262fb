// Tells the world what became of an image, once: publish first, note it second, so that a crash between repeats it.

import { imageEventOf, isAnnounced } from '../domain/events/image-event.ts';
import type { ImageRecord } from '../domain/image-record.ts';
import type { ImageEvents, ImageTable } from './ports.ts';
import { type SettleChargeDependencies, settleCharge } from './settle-charge.ts';

export interface AnnounceDependencies extends SettleChargeDependencies {
  readonly table: Pick<ImageTable, 'get' | 'markAnnounced' | 'moveCharge'>;
  readonly imageEvents: ImageEvents;
}

/**
 * Settles what a settled image counts, publishes its event, unless it is known to be published, and notes that it is.
 * @param by who does, as `settleCharge` has to know
 * @param lookAgainAt when somebody should look at the image once more; never, when absent
 */
export async function announceOnce(
  dependencies: AnnounceDependencies,
  record: ImageRecord,
  by: string,
  lookAgainAt?: Date,
): Promise<void> {
  const { table, imageEvents } = dependencies;
  const event = imageEventOf(record);
  if (event === undefined) return;
  const isToldAlready = isAnnounced(record);
  if (isToldAlready && record.overdueAt === undefined) return;
  const { image, lookAgainAt: whenCharged } = await settleCharge(dependencies, record, by);
  if (!isToldAlready) await imageEvents.publish(event, record.upload?.requestId);
  // As it was announced: an image that has moved on since is not noted.
  const noted = { ...record, ...(image.overdueAt !== undefined && { overdueAt: image.overdueAt }) };
  await table.markAnnounced(noted, event.eventId, later(lookAgainAt, whenCharged));
}

function later(one?: Date, other?: Date): Date | undefined {
  return one && other ? new Date(Math.max(one.getTime(), other.getTime())) : (one ?? other);
}
