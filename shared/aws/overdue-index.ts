// The sparse byOverdue index: images that are not settled, by when somebody should look at them.
// Sharded, because an index that all uploads write to under one key would throttle at 1,000 writes a second.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-sharding.html

const shardCount = 8;

/** Every shard, for whoever looks through them all. */
export const overdueShards: readonly string[] = Array.from({ length: shardCount }, (_, shard) =>
  String(shard),
);

/** The index attributes of an image that somebody should look at once `at` has passed. */
export function overdueFrom(imageId: string, at: Date): { overdueShard: string; overdueAt: string } {
  let sum = 0;
  for (const character of imageId) sum += character.charCodeAt(0);
  return { overdueShard: String(sum % shardCount), overdueAt: at.toISOString() };
}

/** What to remove from an item that nobody needs to look at any more. */
export const overdueAttributes = ['overdueShard', 'overdueAt'] as const;
