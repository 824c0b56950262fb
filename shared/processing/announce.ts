// Tells the world what became of an image, once: publish first, note it second, so that a crash between repeats it.

import { imageEventOf } from '../events/image-event.ts';
import type { ImageRecord } from '../image.ts';
import type { ImageTable } from '../store/image-table.ts';
import type { ImageEvents } from '../store/topic.ts';

export interface AnnounceParts {
  readonly table: Pick<ImageTable, 'markAnnounced'>;
  readonly imageEvents: ImageEvents;
}

/** Publishes the event of a settled image, unless it is known to be published, and notes that it is. */
export async function announceOnce(
  { table, imageEvents }: AnnounceParts,
  record: ImageRecord,
): Promise<void> {
  const event = imageEventOf(record);
  if (event === undefined) return;
  const isAnnounced = event.eventId === record.announced;
  if (isAnnounced && record.attentionAt === undefined) return;
  if (!isAnnounced) await imageEvents.publish(event);
  await table.markAnnounced(record, event.eventId);
}
