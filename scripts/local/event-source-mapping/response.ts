// Reads what a function with ReportBatchItemFailures answered: which messages stay in the queue.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html

export type Verdict =
  | { kind: 'failed-items'; messageIds: ReadonlySet<string> }
  /** Lambda keeps the whole batch when it cannot make sense of the answer. */
  | { kind: 'failed-batch'; reason: string };

/** Judges an answer against the ids of the messages in the batch. */
export function judge(response: unknown, batchIds: ReadonlySet<string>): Verdict {
  if (response === null || response === undefined) return failedItems([]);
  if (typeof response !== 'object') return failedBatch('the answer is not an object');
  const failures = 'batchItemFailures' in response ? response.batchItemFailures : null;
  if (failures === null || failures === undefined) return failedItems([]);
  if (!Array.isArray(failures)) return failedBatch('batchItemFailures is not a list');
  const ids = failures.map((failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier);
  const strangers = ids.filter((id) => typeof id !== 'string' || !batchIds.has(id));
  return strangers.length > 0
    ? failedBatch(`no message of the batch has the itemIdentifier ${JSON.stringify(strangers[0])}`)
    : failedItems(ids as string[]);
}

const failedItems = (ids: string[]): Verdict => ({ kind: 'failed-items', messageIds: new Set(ids) });
const failedBatch = (reason: string): Verdict => ({ kind: 'failed-batch', reason });
