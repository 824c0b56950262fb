// How a task record is stored: an item has one a task, and DynamoDB charges for names as for values.

import { padSequencer, unpaddedSequencer } from '../domain/events/sequencer.ts';
import type { TaskRecord } from '../domain/tasks.ts';
import { readUuid, type Stored, storeUuid } from './stored-bytes.ts';

type Field = keyof TaskRecord;

const storedNames = {
  ...{ state: 's', sequencer: 'q', revision: 'r', attemptId: 'a', messageId: 'm', receiveCount: 'n' },
  ...{ leaseUntil: 'l', failure: 'f' },
} as const satisfies Record<Field, string>;
const fields = Object.keys(storedNames) as readonly Field[];

/** As far as the values are stored otherwise than they are read. */
type StoredValues = Omit<TaskRecord, 'messageId'> & { readonly messageId: Stored };

export function storeTask({ sequencer, messageId, ...task }: TaskRecord): Readonly<Record<string, unknown>> {
  const values: StoredValues = {
    ...task,
    sequencer: unpaddedSequencer(sequencer),
    messageId: storeUuid(messageId),
  };
  return Object.fromEntries(fields.map((field) => [storedNames[field], values[field]]));
}

export function readTask(stored: Readonly<Record<string, unknown>>): TaskRecord {
  const named = fields.map((field) => [field, stored[storedNames[field]]] as const);
  const values = Object.fromEntries(
    named.filter(([, value]) => value !== undefined),
  ) as unknown as StoredValues;
  return { ...values, sequencer: padSequencer(values.sequencer), messageId: readUuid(values.messageId) };
}

/** A condition, as the item has the fields of task records that it names. */
export function withStoredNames(condition: string): string {
  return condition.replace(
    /(#\w+Task[.]#)(\w+)/g,
    (_path, task: string, field: Field) => task + storedNames[field],
  );
}
