// An owner's removal of an image: one conditional write, whose tombstone outranks every event.

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { OwnersRemovals } from '../api/ports.ts';
import { highestSequencer } from '../domain/events/sequencer.ts';
import { createConditionalUpdate } from './conditional-update.ts';
import { tombstoneOf } from './tombstone.ts';

export function createOwnersRemovals(
  client: DynamoDBDocumentClient,
  tableName: string,
  clock: () => Date = () => new Date(),
): OwnersRemovals {
  const update = createConditionalUpdate(client, tableName);
  return {
    markDeleted(imageId, ownerId) {
      const { set, remove } = tombstoneOf(imageId, clock());
      return update(imageId, {
        set: { ...set, sequencer: highestSequencer, removed: { byOwner: true } },
        // Where the original lies, and until when it could be uploaded, are needed to clear up for good.
        remove,
        condition: '#ownerId = :ownerId AND attribute_not_exists(#removed)',
        values: { ownerId },
      });
    },
  };
}
