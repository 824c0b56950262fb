// Closes mappings whose long polls somebody can cut short, without waiting the polls out.
import type { EventSourceMapping } from './mapping.ts';

const repeatMs = 20;

/** Resolves when every mapping has done its last poll and its invocations are over. */
export async function closeMappings(
  mappings: readonly EventSourceMapping[],
  endLongPolls: () => void,
): Promise<void> {
  const closed = Promise.all(mappings.map((mapping) => mapping.close()));
  endLongPolls();
  // A poll may have been on its way to the queue at that moment.
  const repeating = setInterval(endLongPolls, repeatMs);
  await closed.finally(() => clearInterval(repeating));
}
