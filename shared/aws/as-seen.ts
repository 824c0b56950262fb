// Holds a write to the image as it was read: the same original, listed for the same time, worked on by nobody since.

import type { ImageRecord } from '../domain/image-record.ts';
import { taskAttribute, tasks } from '../domain/tasks.ts';
import type { Changes } from './update-expression.ts';

/** The condition, with its values. An image that is not listed, or not claimed, has to be so still. */
export function asSeen(record: ImageRecord): Required<Pick<Changes, 'condition' | 'values'>> {
  const { sequencer, overdueAt, removed } = record;
  const seen = [
    ['sequencer', '#sequencer', sequencer] as const,
    ['overdueAt', '#overdueAt', overdueAt] as const,
  ];
  // What is removed cannot be claimed again, or not without another sequencer.
  const claims = (removed ? [] : tasks).map((task) => {
    const attribute = taskAttribute(task);
    return [`${attribute}Attempt`, `#${attribute}.#attemptId`, record[attribute]?.attemptId] as const;
  });
  const conditions = [...seen, ...claims].map(([name, path, value]) =>
    value === undefined ? `attribute_not_exists(${path})` : `${path} = :${name}`,
  );
  const values = [...seen, ...claims].flatMap(([name, , value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return { condition: conditions.join(' AND '), values: Object.fromEntries(values) };
}

/** The same for what the image counts: nobody has changed that since. */
export function chargeAsSeen({ charge }: ImageRecord): Required<Pick<Changes, 'condition' | 'values'>> {
  const seen = (['state', 'changeId', 'by'] as const).map((name) => [name, charge?.[name]] as const);
  const conditions = seen.map(([name, value]) =>
    value === undefined ? `attribute_not_exists(#charge.#${name})` : `#charge.#${name} = :charge_${name}`,
  );
  const values = seen.flatMap(([name, value]) => (value === undefined ? [] : [[`charge_${name}`, value]]));
  return { condition: conditions.join(' AND '), values: Object.fromEntries(values) };
}
