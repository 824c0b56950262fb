// The recorded calls as a file that stays the same: resources by their logical IDs, and what is made up anew each time by what
// it is.
import { readFileSync } from 'node:fs';
import type { LaptopCloud } from '../../../scripts/local/cloud.ts';
import { list } from '../support/policies.ts';
import type { Recorded } from './recorder.ts';

const source = new URL('calls.ndjson', import.meta.url);

/** Each call once, by who makes it. */
export function readRecordedCalls(): readonly Recorded[] {
  const lines = readFileSync(source, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Recorded);
}

/** What a function asks of single items depends on who of two is first: support/table-calls.ts has all that it may ask. */
const isCertain = ({ context }: Recorded) => context?.['dynamodb:Attributes'] === undefined;

/** @param tableCalls all that functions may ask of the table, by the logical ID of it */
export function toRecordedFile(
  calls: readonly Recorded[],
  tableCalls: readonly Recorded[],
  { resources }: LaptopCloud,
): string {
  const logicalIds = Object.entries(resources).map(([logicalId, { ref }]) => [ref, logicalId] as const);
  const byLogicalId = (resource: string) => {
    if (resource === 'Distribution') return resource;
    const [ref, logicalId] =
      logicalIds.find(([name]) => resource === name || resource.startsWith(`${name}/`)) ?? [];
    if (ref === undefined) throw new Error(`The template has no ${resource}`);
    return `${logicalId}${resource.slice(ref.length)}`;
  };
  const named = calls.map((call) => ({ ...call, resource: byLogicalId(call.resource) }));
  const lines = [...named.filter(isCertain), ...tableCalls].map(({ by, action, resource, context }) =>
    withoutIds(JSON.stringify({ by, action, resource, context })),
  );
  return [...new Set(lines)]
    .sort()
    .map((line) => `${line}\n`)
    .join('');
}

/** Requests of single items with an attribute that no request of the same function names in `tableCalls`. */
export function unknownTableCalls(calls: readonly Recorded[], tableCalls: readonly Recorded[]): Recorded[] {
  const attributesOf = ({ context }: Recorded) =>
    list(context?.['dynamodb:Attributes']).map((name) => withoutIds(name));
  return calls.filter((call) => {
    const known = tableCalls.find(({ by, action }) => by === call.by && action === call.action);
    return (
      !isCertain(call) && !attributesOf(call).every((name) => known && attributesOf(known).includes(name))
    );
  });
}

/** What an ID, a random name or a digest looks like here. */
function withoutIds(text: string): string {
  return text
    .replaceAll(/img-[\w-]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'image')
    .replaceAll(/(?<=renditions\/image\/)[\w.-]+/g, 'key');
}
