// All that each function may ask of the images table: one call an action, which names every attribute that some request names.
import { tableCalls } from '../support/table-calls.ts';
import type { Recorded } from './recorder.ts';

export async function recordTableCalls(): Promise<Recorded[]> {
  const all = Object.entries(tableCalls).map(async ([by, ask]) => {
    const byAction = Map.groupBy(await ask(), ({ action }) => action);
    return [...byAction].map(([action, calls]): Recorded => {
      const attributes = [...new Set(calls.flatMap((call) => call.attributes))].sort();
      const isOfItems = action !== 'dynamodb:Query' && action !== 'dynamodb:BatchGetItem';
      return {
        ...{ by, action, resource: 'ImagesTable' },
        ...(isOfItems && { context: { 'dynamodb:Attributes': attributes } }),
      };
    });
  });
  return (await Promise.all(all)).flat().filter(({ action }) => action !== 'dynamodb:Query');
}
