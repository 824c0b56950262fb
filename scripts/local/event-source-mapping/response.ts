// Reads what a function with ReportBatchItemFailures answered: which messages stay in the queue.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html

export type BatchOutcome =
  | { kind: 'failed-items'; messageIds: ReadonlySet<string> }
  /** Lambda keeps the whole batch when it cannot make sense of the answer. */
  | { kind: 'failed-batch'; reason: string };

/** Reads an answer to a batch with messages of these ids. */
export function readOutcome(response: unknown, batchIds: ReadonlySet<string>): BatchOutcome {
  if (response === null || response === undefined) return failedItems([]);
  if (typeof response !== 'object') return failedBatch('the answer is not an object');
  const failures = 'batchItemFailures' in response ? response.batchItemFailures : null;
  if (failures === null || failures === undefined) return failedItems([]);
  if (!Array.isArray(failures)) return failedBatch('batchItemFailures is not a list');
  const ids = failures.map((failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier);
  const unknownIds = ids.filter((id) => typeof id !== 'string' || !batchIds.has(id));
  return unknownIds.length > 0
    ? failedBatch(`no message of the batch has the itemIdentifier ${JSON.stringify(unknownIds[0])}`)
    : failedItems(ids as string[]);
}

function failedItems(ids: string[]): BatchOutcome {
  return { kind: 'failed-items', messageIds: new Set(ids) };
}
function failedBatch(reason: string): BatchOutcome {
  return { kind: 'failed-batch', reason };
}
