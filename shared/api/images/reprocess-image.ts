// The use case behind POST /images/{imageId}/reprocess: takes back what failed, was rejected or is stale, and puts the
// original before the workers again. Cut short in between, it may be asked again.

import { viewImage } from '../../domain/image-view.ts';
import { statusOf } from '../../domain/status.ts';
import type { Answer } from '../answer.ts';
import type { ImageReader, RepublishOriginal, TaskRestarts } from '../ports.ts';
import { ownImage } from './own-image.ts';
import { type Revisions, redoOf } from './redo.ts';
import { type RetakeDependencies, retakeCharge } from './retake-charge.ts';

export interface ReprocessImageDependencies extends RetakeDependencies {
  readonly table: ImageReader & RetakeDependencies['table'];
  readonly restarts: TaskRestarts;
  readonly republish: RepublishOriginal;
  readonly revisions: Revisions;
}

/** How often an image may move on just when its work is taken back. */
const maxAttempts = 3;

/**
 * Answers 202 with the image as it is then, whether or not there was anything to do, and without URLs.
 * @throws {Problem} `image-not-found`, also for an image that is somebody else's; `quota-exceeded` when it was rejected and
 *   there is no room for it any more
 */
export async function reprocessImage(
  dependencies: ReprocessImageDependencies,
  ownerId: string,
  imageId: string,
): Promise<Answer> {
  const { table, restarts, republish, revisions, clock = () => new Date() } = dependencies;
  let record = await ownImage(table, ownerId, imageId);
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const { original, sequencer } = record;
    const { restarted, isOwed } = redoOf(record, revisions, clock());
    if (!isOwed || original === undefined || sequencer === undefined) break;
    const counting = statusOf(record) === 'rejected' ? await retakeCharge(dependencies, record) : record;
    const after = counting && restarted.length > 0 ? await restarts.restart(counting, restarted) : counting;
    if (after !== undefined) {
      await republish(original, sequencer);
      record = after;
      break;
    }
    record = await ownImage(table, ownerId, imageId);
  }
  return { status: 202, body: viewImage(record) };
}
