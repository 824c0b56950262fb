// All that each function may ask of the images table: one call an action, which names every attribute that some request names.
import {
  createUploadCalls,
  deleteImageCalls,
  getImageCalls,
  getUsageCalls,
  listImagesCalls,
  reconcileCalls,
  reprocessImageCalls,
  workerCalls,
} from '../support/table-calls.ts';
import type { Recorded } from './recorder.ts';

const recorded = {
  createUpload: createUploadCalls,
  getUsage: getUsageCalls,
  getImage: getImageCalls,
  listImages: listImagesCalls,
  getRendition: getImageCalls,
  reprocessImage: reprocessImageCalls,
  deleteImage: deleteImageCalls,
  renditions: () => workerCalls('renditions'),
  metadata: () => workerCalls('metadata'),
  reconcile: reconcileCalls,
} as const;

export async function recordTableCalls(): Promise<Recorded[]> {
  const all = Object.entries(recorded).map(async ([by, ask]) => {
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
