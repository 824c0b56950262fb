// Tells the world what became of an image, once: publish first, note it second, so that a crash between repeats it.

import { imageEventOf, isAnnounced } from '../domain/events/image-event.ts';
import type { ImageRecord } from '../domain/image-record.ts';
import type { ImageEvents, ImageTable } from './ports.ts';

export interface AnnounceDependencies {
  readonly table: Pick<ImageTable, 'markAnnounced'>;
  readonly imageEvents: ImageEvents;
}

/**
 * Publishes the event of a settled image, unless it is known to be published, and notes that it is.
 * @param lookAgainAt when somebody should look at the image once more; never, when absent
 */
export async function announceOnce(
  { table, imageEvents }: AnnounceDependencies,
  record: ImageRecord,
  lookAgainAt?: Date,
): Promise<void> {
  const event = imageEventOf(record);
  if (event === undefined) return;
  const isToldAlready = isAnnounced(record);
  if (isToldAlready && record.overdueAt === undefined) return;
  if (!isToldAlready) await imageEvents.publish(event);
  await table.markAnnounced(record, event.eventId, lookAgainAt);
}
